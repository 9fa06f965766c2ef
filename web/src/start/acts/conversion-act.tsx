import { useQuery } from '@tanstack/react-query';
import { networkQuery } from '../../networks/network-query';
import { PostbackUrls } from '../../networks/preset/postback-urls';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';

/** The postback URLs to enter at the network, each macro in the colour of its meaning. */
export function ConversionAct({ networkId }: { networkId: string }) {
  const { data: network, error, refetch } = useQuery(networkQuery(networkId));
  if (network === undefined) {
    return error === null ? <Skeleton height={64} /> : <ErrorBox error={error} onRetry={() => void refetch()} />;
  }
  return <PostbackUrls urls={network.postbackUrls} params={network.mapping.params} />;
}
