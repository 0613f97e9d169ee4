/**
 * Static files, for a bucket behind CloudFront: every page is a file, and what has its content in its name is below
 * `/assets`, which is kept for a year.
 * @type {import('next').NextConfig}
 */
export default {
  output: 'export',
  assetPrefix: '/assets',
  distDir: '.next',
  reactStrictMode: true,
  // In the names of files that are kept for a year: what it was built from.
  generateBuildId: () => process.env.HIROBA_SITE_BUILD ?? 'development',
  images: { unoptimized: true },
  productionBrowserSourceMaps: false,
  // The repository's own check runs TypeScript over the site.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};
