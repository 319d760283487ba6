export default function handler(_request, response) {
  response.setHeader('access-control-allow-origin', process.env.PAGE);
  response.json({ name: 'from the lab' });
}
