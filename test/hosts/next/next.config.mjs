const loaders = ['tsgrad/loader']

export default {
  // it would check the files as you wrote them; `tsgrad check` checks them with operators
  typescript: { ignoreBuildErrors: true },
  turbopack: { rules: { '*.ts': { loaders }, '*.tsx': { loaders } } },
  // for `next build --webpack`
  webpack(config) {
    config.module.rules.push({ test: /\.tsx?$/, enforce: 'pre', use: loaders })
    return config
  },
}
