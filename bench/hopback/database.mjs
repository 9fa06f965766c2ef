// Reads Hopback's embedded MongoDB directly.
import mongoose from 'mongoose';

const SIBLING = 'benchClicks';
const BATCH = 2_000;
const LINK_ID_DIGITS = 6;

/** A connection to the embedded mongod. */
export class Database {
  #client;
  #db;

  static async connect(uri) {
    return new Database(await mongoose.mongo.MongoClient.connect(uri));
  }

  constructor(client) {
    this.#client = client;
    this.#db = client.db();
  }

  close() {
    return this.#client.close();
  }

  /** From the collection's metadata: costs nothing, so it can be asked often. Open transactions are in it. */
  approximateClicks() {
    return this.#db.collection('clicks').estimatedDocumentCount();
  }

  /** Counted one by one. */
  countClicks() {
    return this.#db.collection('clicks').countDocuments({});
  }

  /** The sum of the links' counters, as the API shows them, in one query instead of one for every hundred links. */
  async sumOfCounters() {
    const sum = { $group: { _id: null, total: { $sum: '$clicks.total' } } };
    const [row] = await this.#db.collection('linkCounters').aggregate([sum]).toArray();
    return row?.total ?? 0;
  }

  /** The clicks stored last, in the order in which they were stored. */
  async lastClicks(count) {
    const newestFirst = await this.#db.collection('clicks').find().sort({ $natural: -1 }).limit(count).toArray();
    return newestFirst.reverse();
  }

  /** How often each of these collections was read, as MongoDB itself counts it. */
  async reads(names) {
    const { totals } = await this.#client.db('admin').command({ top: 1 });
    const database = this.#db.databaseName;
    return Object.fromEntries(names.map((name) => [name, readsOf(totals[`${database}.${name}`])]));
  }

  /** Adds a link for each slug, shaped like one that was made over the API. */
  async copyLink(link, slugs) {
    const links = this.#db.collection('links');
    const [model] = await links.find({ slug: link.slug }).toArray();
    const [newest] = await links.find().sort({ number: -1 }).limit(1).toArray();
    const copies = slugs.map((slug, i) => ({
      ...model,
      _id: model._id.slice(0, -LINK_ID_DIGITS) + String(i).padStart(LINK_ID_DIGITS, '0'),
      number: newest.number + 1 + i,
      slug,
      slugKeys: [slug],
    }));
    for (let i = 0; i < copies.length; i += BATCH) await links.insertMany(copies.slice(i, i + BATCH));
  }

  /** Adds log entries like the only one, a second apart, the newest first. */
  async copyPostback(copies) {
    const { newId } = await import('../../dist/platform/ids/ids.js');
    const postbacks = this.#db.collection('postbacks');
    const [model] = await postbacks.find().limit(1).toArray();
    const begin = model.receivedAt.getTime();
    for (let i = 0; i < copies; i += BATCH) {
      const entries = Array.from({ length: Math.min(BATCH, copies - i) }, (_, j) => ({
        ...model,
        _id: newId('pbk', begin - (i + j + 1) * 1000),
        receivedAt: new Date(begin - (i + j + 1) * 1000),
      }));
      await postbacks.insertMany(entries);
    }
  }

  /** Changes fields of each link. @param {(index: number) => object} fieldsOf by the order in which links were made */
  async changeLinks(fieldsOf) {
    const links = this.#db.collection('links');
    const ids = await links
      .find({}, { projection: { number: 1 } })
      .sort({ number: 1 })
      .toArray();
    const changes = ids.map(({ _id }, i) => ({ updateOne: { filter: { _id }, update: { $set: fieldsOf(i) } } }));
    for (let i = 0; i < changes.length; i += BATCH) await links.bulkWrite(changes.slice(i, i + BATCH));
  }

  /** All links in the order in which they were made. */
  listLinks() {
    return this.#db.collection('links').find().sort({ number: 1 }).toArray();
  }

  /** Counts clicks of a period by fields, without an index: most clicks are read, one after the other. */
  countClicksBy(fields, { from, to }) {
    const sumIf = (condition) => ({ $sum: { $cond: [condition, 1, 0] } });
    const match = { $match: { at: { $gte: new Date(from), $lt: new Date(to) } } };
    const group = {
      $group: {
        _id: Object.fromEntries(fields.map((field) => [field, `$${field}`])),
        clicks: { $sum: 1 },
        botClicks: sumIf({ $ne: [{ $type: '$botReason' }, 'missing'] }),
        uniqueClicks: sumIf('$isUnique'),
      },
    };
    const last = [{ $sort: { clicks: -1 } }, { $limit: 500 }];
    const options = { hint: { $natural: 1 }, allowDiskUse: true };
    return this.#db
      .collection('clicks')
      .aggregate([match, group, ...last], options)
      .toArray();
  }

  /** As if no link had been changed lately. */
  async ageLinks() {
    const updatedAt = new Date(Date.now() - 86_400_000);
    await this.#db.collection('links').updateMany({}, { $set: { updatedAt } });
  }

  /** An empty collection beside `clicks` with the same options and indexes. */
  async createSibling() {
    await this.#db.dropCollection(SIBLING).catch(() => undefined); // there is none yet
    const [{ options }] = await this.#db.listCollections({ name: 'clicks' }).toArray();
    const sibling = await this.#db.createCollection(SIBLING, options);
    for (const { key, v: _v, ...settings } of await this.#db.collection('clicks').indexes()) {
      if (settings.name !== '_id_') await sibling.createIndex(key, settings);
    }
  }

  /** The bare write that shipping is measured by. @returns {Promise<number>} documents a second */
  async insertIntoSibling(documents) {
    const sibling = this.#db.collection(SIBLING);
    const begin = performance.now();
    for (let i = 0; i < documents.length; i += BATCH) {
      await sibling.insertMany(documents.slice(i, i + BATCH), { ordered: false, writeConcern: { w: 'majority' } });
    }
    return documents.length / ((performance.now() - begin) / 1000);
  }
}

/** `top` counts commands that find nothing by an index, too. */
function readsOf({ queries, getmore } = { queries: { count: 0 }, getmore: { count: 0 } }) {
  return queries.count + getmore.count;
}
