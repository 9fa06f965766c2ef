// nginx with a configuration, a prefix and a log of its own; an nginx of the system is not touched.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_CONTROL, DESTINATION, LOCATION } from './answer.mjs';

/**
 * Writes the configuration: `return 302`, or a map of slugs with a random id and a log line for each click.
 * @returns {string[]} the command to run it
 */
export function nginxCommand(nginx, { folder, port, slugs, withLog }) {
  const file = join(folder, `nginx-${port}.conf`);
  writeFileSync(file, configuration({ folder, port, slugs, withLog }));
  return [nginx, '-p', folder, '-c', file, '-e', join(folder, 'nginx-error.log')];
}

function configuration({ folder, port, slugs, withLog }) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${join(folder, name)};`,
  );
  // One process, in the foreground: it can be pinned, measured and ended by its number.
  return `daemon off;
master_process off;
pid ${join(folder, `nginx-${port}.pid`)};
events { worker_connections 2048; }
http {
${temporary.join('\n')}
  keepalive_requests 1000000000;
  access_log off;
${withLog ? logSettings(slugs) : ''}
  server {
    listen 127.0.0.1:${port};
    ${withLog ? `access_log ${clicksFile(folder, port)} click;` : ''}
    location / {
      add_header Cache-Control "${CACHE_CONTROL}" always;
      ${withLog ? 'if ($destination = "") { return 404; }' : ''}
      return 302 ${withLog ? '"$destination?click_id=$request_id"' : `"${LOCATION}"`};
    }
  }
}
`;
}

function logSettings(slugs) {
  return `  log_format click "$request_id\\t$msec\\t$uri\\t$http_user_agent";
  map_hash_max_size 65536;
  map_hash_bucket_size 128;
  map $uri $destination {
    default "";
${slugs.map((slug) => `    "/${slug}" "${DESTINATION}";`).join('\n')}
  }`;
}

function clicksFile(folder, port) {
  return join(folder, `nginx-${port}-clicks.log`);
}
