// A NestJS application with one gateway.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';

// fix:start
// fix:end
class EventsGateway {
  @WebSocketServer()
  server: unknown;

  @SubscribeMessage('hello')
  hello(_socket: unknown, name: string): string {
    return `Hello ${name}`;
  }
}

@Module({ providers: [EventsGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
app.enableCors({ origin: process.env.PAGE });
await app.listen(Number(process.env.PORT));
const { server: io } = app.get(EventsGateway);
