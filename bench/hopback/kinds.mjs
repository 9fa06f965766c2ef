// Recognises the kinds of Hopback's processes by their command lines.

/**
 * @param {string} command a command line of a process that is not Hopback's main one
 * @returns {'mongod' | 'redis' | 'shipper' | 'reader' | 'watchers' | 'others'}
 */
export function kindOf(command) {
  const [program = '', ...words] = command.split(' ').map(lastPart);
  if (command.includes(' --dbpath ')) return 'mongod';
  if (/^(redis|valkey)/.test(program)) return 'redis';
  // They end a database whose Hopback was killed, and do nothing else.
  if (words.some((word) => word.startsWith('mongo_killer')) || words[0] === '-e') return 'watchers';
  if (words.includes('reader.main.js')) return 'reader';
  return words.some((word) => /ship/i.test(word)) ? 'shipper' : 'others';
}

function lastPart(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}
