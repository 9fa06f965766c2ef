#!/bin/sh
# Creates the passwords of MongoDB and Redis before they start. The service "secrets" of compose.yaml runs it at each `up`.
# There is one secret, in a volume that no other service sees. All others are derived from it and written anew each time,
# so the next run completes an interrupted one.
set -eu
umask 077

# Where each service reads its own; the tests set another folder.
base=${1:-/secrets}

master=$base/master/key
if [ ! -s "$master" ]; then
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$master.half"
  mv "$master.half" "$master"
fi

derive() {
  printf '%s %s' "$(cat "$master")" "$1" | sha256sum | cut -c1-64
}

# give FILE OWNER: takes the file's content from standard input.
give() {
  rm -f "$1.half"
  cat > "$1.half"
  chmod 400 "$1.half"
  chown "$2" "$1.half"
  mv -f "$1.half" "$1"
}

mongo=$(derive mongo-app)
redis=$(derive redis)

# mongodb in the image of MongoDB
derive mongo-key | give "$base/mongo/key" 999:999
echo "$mongo" | give "$base/mongo/app-password" 999:999
# For mongodump and mongorestore, which would show a password on their command line to all users of the machine.
echo "uri: mongodb://__system:$(derive mongo-key)@127.0.0.1:27017/?authSource=local&authMechanism=SCRAM-SHA-256&directConnection=true" |
  give "$base/mongo/tools.yaml" 999:999

# redis in the image of Redis
printf 'requirepass %s\nappendonly yes\ndir /data\n' "$redis" | give "$base/redis/redis.conf" 999:1000

# node in the image of the app
cat << END | give "$base/app/env" 1000:1000
MONGODB_URI='mongodb://hopback:$mongo@mongo:27017/hopback?replicaSet=hopback&authSource=admin&authMechanism=SCRAM-SHA-256'
REDIS_URL='redis://:$redis@redis:6379'
END
