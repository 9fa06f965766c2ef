// Shows the cost of Nest's controllers on Fastify, without any guard, pipe or filter. Decorators are functions: no build is needed.
import 'reflect-metadata';
import { Controller, Get, Header, Module, Redirect } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { announce, CACHE_CONTROL, listenAddress, LOCATION } from './answer.mjs';

class Redirects {
  redirect() {
    return { url: LOCATION };
  }
}

class App {}

const method = Object.getOwnPropertyDescriptor(Redirects.prototype, 'redirect');
for (const decorate of [Get(':slug'), Redirect(LOCATION, 302), Header('cache-control', CACHE_CONTROL)]) {
  decorate(Redirects.prototype, 'redirect', method);
}
Controller()(Redirects);
Module({ controllers: [Redirects] })(App);

const app = await NestFactory.create(App, new FastifyAdapter(), { logger: ['error'] });
const { port, host } = listenAddress();
await app.listen(port, host);
announce();
