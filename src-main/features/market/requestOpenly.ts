import type { Network, NetworkRequest } from '../../platform/network/Network.ts';
import type { NetworkResponse } from '../../platform/network/NetworkResponse.ts';

/**
 * Asks with the access token, and once more without it where the server does not accept it: what is public is there for all.
 *
 * Answers with the first refusal where that does not help. Throws what the network throws.
 */
export async function requestOpenly(network: Pick<Network, 'request'>, { token, ...request }: NetworkRequest): Promise<NetworkResponse> {
	const response = await network.request({ ...request, token });
	if (response.status !== 401 || token === undefined) return response;
	const open = await network.request(request);
	const [answer, other] = open.status < 400 ? [open, response] : [response, open];
	other.discard();
	return answer;
}
