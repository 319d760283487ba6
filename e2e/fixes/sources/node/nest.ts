// A NestJS application with one gateway and a route.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
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

  @SubscribeMessage('upload')
  upload(_socket: unknown, data: string): number {
    return data.length;
  }
}

@Controller('status')
class StatusController {
  @Get(':name')
  status(): object {
    return { status: 'ok' };
  }
}

@Controller('pages')
class PageController {
  @Get(':name')
  page(): string {
    return '<!doctype html><title>App</title>';
  }
}

@Module({ controllers: [StatusController, PageController], providers: [EventsGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
app.enableCors({ origin: process.env.PAGE });
await app.listen(Number(process.env.PORT));
const { server: io } = app.get(EventsGateway);
