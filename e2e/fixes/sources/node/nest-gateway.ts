// A NestJS application with one gateway: what it does with those who come is what the region is about.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Server } from 'socket.io';

const isValid = (token: unknown) => token === 'valid';
const check = async ({ auth }: { auth: { token?: unknown } }) => {
  if (!isValid(auth.token)) throw new Error('jwt expired');
};

@WebSocketGateway({ cors: { origin: process.env.PAGE } })
class EventsGateway {
  // fix:start
  // fix:end

  @SubscribeMessage('hello')
  hello(_socket: unknown, name: string): string {
    return `Hello ${name}`;
  }
}

@Module({ providers: [EventsGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(Number(process.env.PORT));
