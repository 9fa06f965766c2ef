import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClickErasures } from '../../clicks/erasure/click-erasures.service.js';
import { PostbacksRepository } from '../postbacks.repository.js';

/** The requests that named an erased click keep their verdict, and lose what was sent: there is nothing to run again then. */
@Injectable()
export class PostbackErasure implements OnModuleInit {
  constructor(
    private readonly postbacks: PostbacksRepository,
    private readonly erasures: ClickErasures,
  ) {}

  onModuleInit(): void {
    this.erasures.register({
      step: (workspaceId, clickId, tx) =>
        this.postbacks.updateMany(
          workspaceId,
          { clickId, erasedAt: null },
          {
            $set: { query: '', body: '', headers: [], parameters: [], ip: '', erasedAt: new Date() },
            $unset: { waitsUntil: '', waitsForTxid: '' },
          },
          tx,
        ),
    });
  }
}
