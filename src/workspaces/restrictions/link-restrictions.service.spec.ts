import { describe, expect, it } from 'vitest';
import { Ports } from '../../platform/ports/ports.service.js';
import { trustedWorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type LinkLimits, UNRESTRICTED, type Viewer } from '../caller.js';
import { LINKS_WITHIN_LIMITS } from '../workspaces.ports.js';
import { LinkRestrictions } from './link-restrictions.service.js';

const workspaceId = trustedWorkspaceId('wsp_1');
const all: Viewer = { workspaceId, restrictions: UNRESTRICTED };
const limited: Viewer = {
  workspaceId,
  restrictions: { hidesMoney: false, linkLimits: { tags: ['mine'], campaigns: [] } },
};

/** With `count` links within the limits, and the number of times that they were asked for. */
function withLinks(count: number): { restrictions: LinkRestrictions; asked: LinkLimits[] } {
  const ports = new Ports();
  const asked: LinkLimits[] = [];
  const links = Array.from({ length: count }, (_, n) => `lnk_${n}`);
  ports.provide(LINKS_WITHIN_LIMITS, {
    listIds: (_, limits, { limit, among }) => {
      asked.push(limits);
      const found = among === undefined ? links : links.filter((id) => among.includes(id));
      return Promise.resolve(found.slice(0, limit));
    },
  });
  return { restrictions: new LinkRestrictions(ports), asked };
}

describe('LinkRestrictions', () => {
  it('asks nothing and adds nothing for viewers without limits', async () => {
    const { restrictions, asked } = withLinks(3);
    expect(await restrictions.conditionFor(all)).toEqual({});
    await restrictions.check(all, 'lnk_any', 'click');
    expect(await restrictions.visibleOf(all, ['lnk_any'])).toEqual(new Set(['lnk_any']));
    expect(asked).toEqual([]);
  });

  it('limits a list to the links within the limits, and to the one that it names', async () => {
    const { restrictions } = withLinks(2);
    expect(await restrictions.conditionFor(limited)).toEqual({ linkId: { $in: ['lnk_0', 'lnk_1'] } });
    expect(await restrictions.conditionFor(limited, 'lnk_1')).toEqual({ linkId: { $in: ['lnk_1'] } });
    expect(await restrictions.conditionFor(limited, 'lnk_7')).toEqual({ linkId: { $in: [] } });
  });

  it('finds nothing of a link outside', async () => {
    const { restrictions } = withLinks(2);
    await restrictions.check(limited, 'lnk_1', 'click');
    await expect(restrictions.check(limited, 'lnk_7', 'click')).rejects.toMatchObject({ code: 'not_found' });
    expect(await restrictions.visibleOf(limited, ['lnk_1', 'lnk_7'])).toEqual(new Set(['lnk_1']));
  });

  it('wants the name of a link where there are too many', async () => {
    const { restrictions } = withLinks(5_001);
    await expect(restrictions.conditionFor(limited)).rejects.toMatchObject({
      errors: [{ path: 'linkId', message: 'you may work with more than 5,000 links: name one of them' }],
    });
    expect(await restrictions.conditionFor(limited, 'lnk_5000')).toEqual({ linkId: { $in: ['lnk_5000'] } });
    expect((await withLinks(5_000).restrictions.conditionFor(limited)).linkId?.$in).toHaveLength(5_000);
  });
});
