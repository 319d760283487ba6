// A NestJS application on the Socket.IO of an older NestJS, whatever is installed as `socket.io`.
import 'reflect-metadata';
import type { Server as HttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

const createOlderServer = createRequire(import.meta.url)('socket.io');

class OlderAdapter extends IoAdapter {
  override createIOServer(_port: number, options: object) {
    return createOlderServer(this.httpServer as HttpServer, options);
  }
}

// fix:start
// fix:end
class EventsGateway {
  @SubscribeMessage('hello')
  hello(_socket: unknown, name: string): string {
    return `Hello ${name}`;
  }
}

@Module({ providers: [EventsGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
// biome-ignore lint/correctness/useHookAtTopLevel: a method of NestJS, not a hook of React.
app.useWebSocketAdapter(new OlderAdapter(app));
await app.listen(Number(process.env.PORT));
