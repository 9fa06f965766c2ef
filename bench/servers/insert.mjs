// Shows the cost of storing requests in MongoDB: one document for each, on the disk before the answer.
import { createServer } from 'node:http';
import mongoose from 'mongoose';
import { announce, listenAddress } from './answer.mjs';

const client = await mongoose.mongo.MongoClient.connect(process.env.MONGODB_URI);
const requests = client.db().collection('benchRequests');
const options = { writeConcern: { w: 'majority', journal: true } };

const ANSWER = '{"verdict":"accepted"}';
const HEADERS = { 'content-type': 'application/json', 'content-length': ANSWER.length };

createServer((request, response) => {
  requests.insertOne({ url: request.url, headers: request.headers, at: new Date() }, options).then(
    () => response.writeHead(200, HEADERS).end(ANSWER),
    () => response.writeHead(503, { 'content-length': 0 }).end(),
  );
}).listen(listenAddress(), announce);
