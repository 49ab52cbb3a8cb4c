#!/usr/bin/env bash
# ValidateService: checks page and API through the gateway's port, then stores the revision in production for the pipeline.
set -euo pipefail
cd /srv/hearth-release
# shellcheck source=/dev/null
. ./release.env
for path in / /health/ready; do
  curl --fail --silent --show-error --retry 10 --retry-delay 1 --retry-all-errors --max-time 5 --output /dev/null "http://127.0.0.1$path"
done
token=$(curl --fail --silent --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
region=$(curl --fail --silent --header "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/placement/region)
aws ssm put-parameter --region "$region" --name /hearth/revision --type String --overwrite --value "$TAG" >/dev/null
