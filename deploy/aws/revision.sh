#!/usr/bin/env bash
# Gives a revision to CodeDeploy and waits until the deployment has ended. Usage: revision.sh IMAGES TAG BUCKET
# The revision contains appspec.yml, deploy/, docker-compose.yml and models/; the machine pulls the images.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -eq 3 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
images=$1 tag=$2 bucket=$3

deploy/aws/describe.sh "$images" "$tag"
file=$(mktemp -d)/revision.zip
trap 'rm -rf "$(dirname "$file")"' EXIT
zip -q -r "$file" appspec.yml release.env docker-compose.yml deploy models -x '*/node_modules/*'
aws s3 cp --only-show-errors "$file" "s3://$bucket/$tag.zip"
id=$(aws deploy create-deployment --application-name hearth --deployment-group-name hearth --description "$tag" \
  --s3-location "bucket=$bucket,key=$tag.zip,bundleType=zip" --query deploymentId --output text)
echo "CodeDeploy: $id"
aws deploy wait deployment-successful --deployment-id "$id" || {
  aws deploy get-deployment --deployment-id "$id" --query deploymentInfo.errorInformation --output text >&2
  exit 1
}
