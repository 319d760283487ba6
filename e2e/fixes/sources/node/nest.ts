// A NestJS application with one gateway.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

// fix:start
// fix:end
class EventsGateway {
  @SubscribeMessage('hello')
  hello(_socket: unknown, name: string): string {
    return `Hello ${name}`;
  }

  @SubscribeMessage('upload')
  upload(_socket: unknown, data: string): number {
    return data.length;
  }
}

@Module({ providers: [EventsGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
app.enableCors({ origin: process.env.PAGE });
await app.listen(Number(process.env.PORT));
