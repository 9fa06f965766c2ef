import { api, bodyOf, type Schema } from '../../api/client';
import { ActButton } from '../../ui/controls/act-button';
import { accountWords } from '../account-words';
import { stopOffer } from './passkey-calls';

/**
 * The sign-in of the organisation. It comes back to `/app`, or to the page to sign in with an error.
 * @param purpose the token of an invitation, or of the first owner
 */
export function OidcButton({
  method: { name, url },
  purpose,
}: {
  method: Schema<'OidcMethodResponse'>;
  purpose?: Schema<'BeginOidcRequest'> | undefined;
}) {
  const begin = async (): Promise<void> => {
    await stopOffer();
    const target = purpose === undefined ? url : bodyOf(await api.POST('/api/v1/auth/oidc', { body: purpose })).url;
    window.location.assign(target);
  };
  return (
    <ActButton isWide act={begin}>
      {accountWords.signInPage.continueWith(name)}
    </ActButton>
  );
}
