import type { FastifyInstance } from 'fastify';

/**
 * GET /metrics: all figures since the start of the app, for Prometheus. It asks with an administrator's key that has the scope `monitor`, as
 * `Authorization: Bearer …`.
 */
export async function metricsRoute(server: FastifyInstance, metricsText: () => string): Promise<void> {
	server.get('/metrics', { config: { requires: 'admin', scope: 'monitor' } }, async (_request, reply) =>
		reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsText()),
	);
}
