import { Injectable } from '@nestjs/common';
import { ERASURE_STEPS } from '../../clicks/clicks.ports.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { PostbacksRepository } from '../postbacks.repository.js';

/** Erases the content of requests that name an erased click. They keep their verdict and cannot be run again. */
@Injectable()
export class PostbackErasure {
  constructor(postbacks: PostbacksRepository, ports: Ports) {
    ports.add(ERASURE_STEPS, 'postbacks', (workspaceId, clickId, tx) =>
      postbacks.updateMany(
        workspaceId,
        { clickId, erasedAt: null },
        {
          $set: { query: '', body: '', headers: [], parameters: [], ip: '', erasedAt: new Date() },
          $unset: { waitsUntil: '', waitsForTxid: '' },
        },
        tx,
      ),
    );
  }
}
