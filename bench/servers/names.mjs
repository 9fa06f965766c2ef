/** What can be named by `--only`. `bare` is the base that all others are measured by, so it always runs. */
export const SERVERS = ['bare', 'map', 'fastify', 'nest', 'nginx', 'nginx-log', 'hopback'];
