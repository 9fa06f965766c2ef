import { formatMoney } from '../platform/money/money.js';
import type { ClickFacts, Conversion, HistoryEntry } from './conversion.schema.js';
import type { ConversionResponse, HistoryEntryResponse } from './conversions.dto.js';

/** A conversion as the API shows it. @param facts the click's facts, for conversions that lack them. */
export function toConversionResponse(conversion: Conversion, facts?: ClickFacts): ConversionResponse {
  const known = conversion.facts ?? facts;
  return {
    id: conversion._id,
    eventType: conversion.eventType,
    isFtd: conversion.isFtd,
    status: conversion.status,
    networkStatus: conversion.networkStatus,
    clickId: conversion.clickId,
    linkId: conversion.linkId,
    networkId: conversion.networkId,
    txid: conversion.txid,
    playerId: conversion.playerId ?? null,
    payout: formatMoney(conversion.payout),
    refunded: formatMoney(conversion.refunded),
    revenue: formatMoney(conversion.revenue),
    clickedAt: conversion.clickedAt?.toISOString() ?? null,
    convertedAt: conversion.convertedAt.toISOString(),
    subs: known?.subs ?? {},
    country: known?.country ?? null,
    device: known?.device ?? null,
    os: known?.os ?? null,
    browser: known?.browser ?? null,
    history: conversion.history.map(toHistoryEntry),
    flags: conversion.flags ?? [],
  };
}

/** An entry of the history as the API shows it. */
export function toHistoryEntry({
  at,
  status,
  networkStatus,
  payout,
  origin,
  sourceId,
  note,
}: HistoryEntry): HistoryEntryResponse {
  const isRequest = origin === 'postback' || origin === 'pixel';
  return {
    at: at.toISOString(),
    status,
    networkStatus,
    payout: formatMoney(payout),
    origin,
    postbackId: isRequest ? sourceId : null,
    by: isRequest ? null : sourceId,
    note,
  };
}
