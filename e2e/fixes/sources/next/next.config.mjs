// The configuration of a Next.js application that passes Socket.IO's path on.
const nextConfig = {
  async rewrites() {
    return [{ source: '/socket.io/', destination: `${process.env.SOCKET_IO_URL}/socket.io/` }];
  },
};

// fix:start
// fix:end

export default nextConfig;
