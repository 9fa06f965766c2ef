import { describe, expect, it } from 'vitest';
import { choicesFor, chooseField, hasOwner, mappingOf, type PreviewColumn } from './column-choices';
import { importQuery, parseImportSearch } from './import-search';

const column = (
  position: number,
  suggestedField: PreviewColumn['suggestedField'],
  reason: PreviewColumn['reason'] = suggestedField === null ? 'unknown_name' : 'known_name',
): PreviewColumn => ({ position, name: `c${position}`, samples: [], suggestedField, reason });

const columns = [column(1, 'click_id'), column(2, 'payout'), column(3, null), column(4, null)];

describe('the columns of a file', () => {
  it('need no mapping as long as they are read as suggested', () => {
    expect(mappingOf(columns, choicesFor(columns))).toBeUndefined();
  });

  it('are named by their position when they are read as something else', () => {
    const choices = chooseField(choicesFor(columns), 3, 'txid');
    expect(mappingOf(columns, choices)).toBe('txid=#3');
  });

  it('give up a field to another column, or altogether', () => {
    const moved = chooseField(choicesFor(columns), 3, 'payout');
    expect([...moved.values()]).toEqual(['click_id', null, 'payout', null]);
    expect(mappingOf(columns, moved)).toBe('payout=#3');
    const dropped = chooseField(choicesFor(columns), 2, null);
    expect(mappingOf(columns, dropped)).toBe('payout=(none)');
  });

  it('are named when only their values show click ids', () => {
    const unnamed = [column(1, 'click_id', 'click_ids'), column(2, 'payout')];
    expect(mappingOf(unnamed, choicesFor(unnamed))).toBe('click_id=#1');
  });

  it('are read from the URL again', () => {
    const choices = chooseField(chooseField(choicesFor(columns), 3, 'payout'), 4, 'txid');
    const mapping = mappingOf(columns, choices);
    expect(choicesFor(columns, mapping)).toEqual(choices);
    expect(choicesFor(columns, 'payout=(none)')).toEqual(chooseField(choicesFor(columns), 2, null));
    expect(choicesFor(columns, 'note=#99').size).toBe(4);
  });

  it('know whether a row can find its click', () => {
    expect(hasOwner(choicesFor(columns))).toBe(true);
    expect(hasOwner(choicesFor([column(1, 'payout')]))).toBe(false);
  });
});

describe('the search of the wizard', () => {
  it('drops what it does not know', () => {
    expect(parseImportSearch({ id: 'cnv_1', network: '../x', charset: 'a b', step: 'x', mapping: 'x=y' })).toEqual({});
    const search = {
      id: 'imp_1',
      network: 'net_1',
      charset: 'windows-1251',
      step: 'columns',
      mapping: 'txid=#3,note=(none)',
    };
    expect(parseImportSearch(search)).toEqual(search);
  });

  it('becomes the query of the API', () => {
    expect(importQuery({})).toBe('');
    expect(importQuery({ network: 'net_1', mapping: 'txid=#3' }, { dryRun: true })).toBe(
      '?dryRun=true&networkId=net_1&mapping=txid%3D%233',
    );
  });
});
