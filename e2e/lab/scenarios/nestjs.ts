import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { startNest } from '../stacks.ts';
import { connects } from '../truth.ts';

export const nestjs: Scenario = {
  id: 'nestjs',
  title: 'A NestJS gateway has a `cors` option.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const { url } = await startNest(lab, { gateway: { cors: { origin: lab.page } } });
    return { client: plan(4, url), serverErrors: [] };
  },
};
