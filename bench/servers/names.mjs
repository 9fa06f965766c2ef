/** The values of `--only`. `bare` is the base of all comparisons, so it always runs. */
export const SERVERS = ['bare', 'map', 'fastify', 'nest', 'nginx', 'nginx-log', 'hopback'];
