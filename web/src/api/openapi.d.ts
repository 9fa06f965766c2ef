export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process runs. Does not check MongoDB and Redis. */
        get: operations["HealthController_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether MongoDB and Redis answer, each by name. The operator also sees warnings and the background jobs. */
        get: operations["HealthController_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a workspace with an owner and an API key with all scopes; only for keys of the first workspace */
        post: operations["WorkspacesController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the workspace of the API key, with its settings */
        get: operations["WorkspacesController_read"];
        put?: never;
        post?: never;
        /** Delete the workspace of the API key with all its data; its links and keys stop at once, permanently */
        delete: operations["WorkspaceDeletionsController_delete"];
        options?: never;
        head?: never;
        /** Change the settings of the workspace of the API key; only the given fields change */
        patch: operations["WorkspacesController_change"];
        trace?: never;
    };
    "/api/v1/workspaces/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the usage of the workspace and the limits of its plan */
        get: operations["WorkspacesController_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{id}/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the progress of the deletion of a workspace (`current`, or its id) */
        get: operations["WorkspaceDeletionsController_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download all data of the workspace except secrets, as newline-delimited JSON */
        get: operations["WorkspaceExportController_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys, newest first */
        get: operations["ApiKeysController_list"];
        put?: never;
        /** Create an API key; the key is shown only once */
        post: operations["ApiKeysController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an API key, without its secret */
        get: operations["ApiKeysController_read"];
        put?: never;
        post?: never;
        /** Revoke an API key at once */
        delete: operations["ApiKeysController_revoke"];
        options?: never;
        head?: never;
        /** Change name, scopes or expiry of an API key */
        patch: operations["ApiKeysController_update"];
        trace?: never;
    };
    "/api/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an API key a new secret, which is shown only once; the old one stays valid for a while */
        post: operations["ApiKeysController_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the changes in the workspace and their authors, newest first */
        get: operations["AuditLogController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the ways to sign in on this server */
        get: operations["AuthController_methods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign up as the first owner, with the link that the start of the server printed */
        post: operations["AuthController_createOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with e-mail address and password; the answer sets the cookie of the session */
        post: operations["AuthController_signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete a sign-in with a code of the authenticator app, or with a recovery code */
        post: operations["AuthController_signInWithCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session of this browser */
        post: operations["AuthController_signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a link to reset the password, if the address has an account; the answer does not tell */
        post: operations["ResetPasswordController_forgot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password by the link of a mail; all sessions end */
        post: operations["ResetPasswordController_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/invitations/show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show an invitation to the holder of its link */
        post: operations["AcceptInvitationController_show"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation: signed in as the invited person, or with name and password of a new account */
        post: operations["AcceptInvitationController_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm a new e-mail address by the link that was sent to it */
        post: operations["ConfirmEmailController_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read your account, with your workspaces and your rights in the current one */
        get: operations["MeController_read"];
        put?: never;
        post?: never;
        /** Delete your account; audit logs keep your changes, without name and address */
        delete: operations["MyDataController_delete"];
        options?: never;
        head?: never;
        /** Change your name */
        patch: operations["MeController_update"];
        trace?: never;
    };
    "/api/v1/me/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch this session to another of your workspaces */
        post: operations["MeController_selectWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/workspaces/{workspaceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Leave a workspace; your API keys in it end */
        delete: operations["MeController_leave"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password; all your other sessions end */
        post: operations["MeController_changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change your e-mail address; a link to the new address confirms it */
        post: operations["MeController_changeEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the browsers in which you are signed in, the last used first */
        get: operations["MySessionsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a browser out at once; `others` signs out all but this one */
        delete: operations["MySessionsController_end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a secret for an authenticator app; it works after its first code is confirmed */
        post: operations["MyTotpController_begin"];
        /** Remove the authenticator app and the recovery codes */
        delete: operations["MyTotpController_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the authenticator app with a code; the answer has the recovery codes, only this once */
        post: operations["MyTotpController_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create new recovery codes; the old ones end */
        post: operations["MyTotpController_renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download all that is stored about you, without secrets, as newline-delimited JSON */
        get: operations["MyDataController_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a sign-in with a passkey; the answer sets a cookie for its challenge */
        post: operations["PasskeySignInController_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkey/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with the answer of the authenticator; the answer sets the cookie of the session */
        post: operations["PasskeySignInController_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your passkeys, the oldest first */
        get: operations["MyPasskeysController_list"];
        put?: never;
        /** Add a passkey with the answer of the authenticator; at most 20 */
        post: operations["MyPasskeysController_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to add a passkey; the answer sets a cookie for its challenge */
        post: operations["MyPasskeysController_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a passkey, unless it is your only way to sign in */
        delete: operations["MyPasskeysController_remove"];
        options?: never;
        head?: never;
        /** Rename a passkey */
        patch: operations["MyPasskeysController_rename"];
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the members of the workspace, newest first */
        get: operations["MembersController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a member */
        get: operations["MembersController_read"];
        put?: never;
        post?: never;
        /** Remove a member; their API keys in this workspace end */
        delete: operations["MembersController_remove"];
        options?: never;
        head?: never;
        /** Change the role or the restrictions of a member; only owners can change owners */
        patch: operations["MembersController_update"];
        trace?: never;
    };
    "/api/v1/members/{id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand the ownership over to a member; the owner who does it becomes an admin */
        post: operations["MembersController_handOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the invitations that were not accepted, newest first */
        get: operations["InvitationsController_list"];
        put?: never;
        /** Invite a person by e-mail; the invitation is valid for 7 days */
        post: operations["InvitationsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an invitation again, with a new link for 7 days; the old link ends */
        post: operations["InvitationsController_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an invitation; its link ends at once */
        delete: operations["InvitationsController_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign in with the OpenID provider: redirects the browser to it */
        get: operations["OidcController_redirect"];
        put?: never;
        /** Begin a sign-in with the OpenID provider, also to accept an invitation or as the first owner */
        post: operations["OidcController_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Complete a sign-in: the OpenID provider redirects the browser here */
        get: operations["OidcController_complete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your accounts at OpenID providers */
        get: operations["MyIdentitiesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identities/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to link your account at the OpenID provider */
        post: operations["MyIdentitiesController_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Unlink an account at an OpenID provider; your last way to sign in stays */
        delete: operations["MyIdentitiesController_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the domains, newest first */
        get: operations["DomainsController_list"];
        put?: never;
        /** Add a domain; the response lists the DNS records to set */
        post: operations["DomainsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a domain */
        get: operations["DomainsController_read"];
        put?: never;
        post?: never;
        /** Delete a domain; its links are kept, but no longer served */
        delete: operations["DomainsController_delete"];
        options?: never;
        head?: never;
        /** Change the settings of a domain */
        patch: operations["DomainsController_update"];
        trace?: never;
    };
    "/api/v1/domains/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check the DNS records now; the response lists what is wrong with them */
        post: operations["DomainsController_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains/{id}/orphans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Visits that no link answered: numbers by day, and the slugs requested most */
        get: operations["DomainsController_orphansOf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the networks, newest first; their keys are masked without the scope networks:write */
        get: operations["NetworksController_list"];
        put?: never;
        /** Create a network; the answer contains its postback URL */
        post: operations["NetworksController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a network; its keys are masked without the scope networks:write */
        get: operations["NetworksController_read"];
        put?: never;
        post?: never;
        /** Delete a network; its key is refused at once, its conversions stay; it can be restored for 30 days */
        delete: operations["NetworksController_delete"];
        options?: never;
        head?: never;
        /** Change a network; later postbacks are read with the new mapping */
        patch: operations["NetworksController_update"];
        trace?: never;
    };
    "/api/v1/networks/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore a network that was deleted in the last 30 days, with the same keys and mapping */
        post: operations["NetworksController_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/rotate-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a network a new key; the old key is accepted until it is ended */
        post: operations["NetworksController_rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/old-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the key that a network had before its last rotation */
        delete: operations["NetworksController_endOldKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/network-presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the presets for networks, by name */
        get: operations["NetworkPresetsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/network-presets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a preset */
        get: operations["NetworkPresetsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the exchange rates that apply on a day, with the day and source of each */
        get: operations["ExchangeRatesController_show"];
        /** Load exchange rates; they replace the rates of the named days, all or none */
        put: operations["ExchangeRatesController_replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange-rates/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove the loaded rates of a day */
        delete: operations["ExchangeRatesController_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create up to 100 links; each has its own result */
        post: operations["LinksBulkController_create"];
        /** Delete up to 100 links; each has its own result */
        delete: operations["LinksBulkController_delete"];
        options?: never;
        head?: never;
        /** Change up to 100 links, with the same or individual changes; each has its own result */
        patch: operations["LinksBulkController_update"];
        trace?: never;
    };
    "/api/v1/links/bulk/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore up to 100 links that were deleted in the last 30 days; each has its own result */
        post: operations["LinksBulkController_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the imports of links, newest first */
        get: operations["LinkImportJobsController_list"];
        put?: never;
        /** Import links from a file of Bitly, Dub, Rebrandly, Short.io, Kutt, YOURLS, Shlink or your own */
        post: operations["LinksTransferController_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/import/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the progress of an import of links */
        get: operations["LinkImportJobsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/import/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the results of the rows of an import of links, in their order */
        get: operations["LinkImportJobsController_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/import/{id}/rows.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the results of the rows of an import of links */
        get: operations["LinkImportJobsController_rowsAsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/import/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an import of links; its links so far stay */
        post: operations["LinkImportJobsController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download links as CSV or JSON, newest first; what is exported can be imported */
        get: operations["LinksTransferController_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List links with their numbers, with search, filters and sorting; newest first by default */
        get: operations["LinksController_list"];
        put?: never;
        /** Create a link */
        post: operations["LinksController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count links, optionally by tag, domain or campaign */
        get: operations["LinksController_count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/states": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count links by state: live, paused, archived, expired, suspended */
        get: operations["LinksController_states"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tags in use, with the number of links of each */
        get: operations["LinksController_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/upsert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the link with this externalId, else the one with this domain and slug; create it if there is none */
        put: operations["LinksController_upsert"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a link with its numbers; `ext_<externalId>` works as id */
        get: operations["LinksController_read"];
        put?: never;
        post?: never;
        /** Delete a link; conversions of its earlier clicks still count */
        delete: operations["LinksController_delete"];
        options?: never;
        head?: never;
        /** Change a link; it takes effect within a second */
        patch: operations["LinksController_update"];
        trace?: never;
    };
    "/api/v1/links/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore a link that was deleted in the last 30 days */
        post: operations["LinksController_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the changes of the link and their authors, newest first */
        get: operations["LinksController_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the former slugs that still lead to the link */
        get: operations["LinksController_aliases"];
        put?: never;
        post?: never;
        /** Remove a former slug from the link; it can be used again */
        delete: operations["LinksController_dropAlias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the results of each variant, and its share of the visitors */
        get: operations["RotationController_numbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the QR code of the short link, as SVG or PNG */
        get: operations["QrController_read"];
        put?: never;
        /** Get the QR code with a logo in its middle; nothing is stored */
        post: operations["QrController_make"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clicks/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the clicks as CSV, newest first */
        get: operations["ClickExportController_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clicks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List clicks, newest first, with filters; test clicks are left out */
        get: operations["ClicksController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clicks/{clickId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a click by its click id */
        get: operations["ClicksController_read"];
        put?: never;
        post?: never;
        /** Erase the personal data of a click everywhere; counters and conversions stay */
        delete: operations["ClicksController_erase"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitor-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the visitor rules, newest first */
        get: operations["VisitorRulesController_list"];
        put?: never;
        /** Create a rule that marks visits as bots’ or people’s; it applies to later clicks */
        post: operations["VisitorRulesController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitor-rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview what a rule would have changed in the last 30 days; nothing is stored */
        post: operations["VisitorRulesController_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitor-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a visitor rule */
        get: operations["VisitorRulesController_read"];
        put?: never;
        post?: never;
        /** Delete a visitor rule; clicks that are stored stay as they are */
        delete: operations["VisitorRulesController_delete"];
        options?: never;
        head?: never;
        /** Change a visitor rule; clicks that are stored stay as they are */
        patch: operations["VisitorRulesController_update"];
        trace?: never;
    };
    "/api/v1/links/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show a link that is not stored yet, or changes of one: its problems, and the location of a visitor */
        post: operations["DraftPreviewController_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Simulate a visit: destination, rule, variant and the reasons; nothing is recorded */
        post: operations["SimulateController_simulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the result of the last check of the link */
        get: operations["CheckController_last"];
        put?: never;
        /** Follow the redirects to the destination and check whether the click id arrives */
        post: operations["CheckController_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the conversions as CSV, newest first */
        get: operations["ConversionExportController_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import conversions from a CSV file; goes on by itself, and the same file twice changes nothing */
        post: operations["ImportsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/import/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the columns of a CSV file with samples and suggested fields; the first 64 KiB are read, nothing is stored */
        post: operations["ImportsController_showColumns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the imports, newest first */
        get: operations["ImportsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far an import has come */
        get: operations["ImportsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what became of the rows of an import, in their order */
        get: operations["ImportsController_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/imports/{id}/rows.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download what became of the rows of an import */
        get: operations["ImportsController_rowsAsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an import; what it has done stays */
        post: operations["ImportsController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the conversions, newest first */
        get: operations["ConversionsController_list"];
        put?: never;
        /** Create a conversion manually, whatever the windows of its network */
        post: operations["ManualConversionsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sum up the conversions of a list: counts by status and event type, and amounts */
        get: operations["ConversionsController_readTotals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a conversion with its history */
        get: operations["ConversionsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the status or payout manually, or add a note */
        patch: operations["ManualConversionsController_update"];
        trace?: never;
    };
    "/api/v1/conversions/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back the latest manual change, if nothing has changed the conversion since */
        post: operations["ManualConversionsController_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/postback/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receive a postback: parameters in the query */
        get: operations["ReceivePostbackController_get"];
        put?: never;
        /** Receive a postback: parameters in query, form (also multipart) or JSON body */
        post: operations["ReceivePostbackController_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the postback log as CSV, newest first; secrets are masked */
        get: operations["PostbackExportController_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the requests of networks, newest first, each with its verdict */
        get: operations["PostbackLogController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the requests of networks by verdict, with the filters of the list */
        get: operations["PostbackLogController_count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one request: how it was read, its problem, and how to solve it */
        get: operations["PostbackLogController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a request again by the current mapping; a conversion is never counted twice */
        post: operations["PostbackLogController_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept a request that was too late for its window, or whose amount or currency could not be read */
        post: operations["PostbackLogController_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run many requests again by the current mapping, oldest first; runs in the background */
        post: operations["BulkReplaysController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the progress of a bulk replay */
        get: operations["BulkReplaysController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/postbacks/replays/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a bulk replay; results so far are kept */
        post: operations["BulkReplaysController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test postback for a test click through the public URL; nothing is counted */
        post: operations["NetworkDebuggerController_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview the result of a pasted URL or request; nothing is stored */
        post: operations["NetworkDebuggerController_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/mapping-changes/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview the effect of a changed mapping on the waiting postbacks; nothing is stored */
        post: operations["MappingChangesController_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/mapping-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the mapping of a network at once; its waiting postbacks are run again after the time for an undo */
        post: operations["MappingChangesController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/mapping-changes/{changeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the state of a mapping change, and the progress of its waiting postbacks */
        get: operations["MappingChangesController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/mapping-changes/{changeId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo a mapping change before its waiting postbacks are run again */
        post: operations["MappingChangesController_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{id}/mapping-changes/{changeId}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run the waiting postbacks again at once; the change can then no longer be undone */
        post: operations["MappingChangesController_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pixel/{key}.gif": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Report a conversion by an image; the click id comes from the query or the cookie `hopback_click` */
        get: operations["PixelController_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report a conversion from a web page: JSON, also as text/plain */
        post: operations["TrackController_track"];
        delete?: never;
        /** CORS preflight */
        options: operations["TrackController_preflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hopback.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The script that keeps the click id, reports events and adds the click id to links */
        get: operations["SnippetController_serve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/{id}/story": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what happened to a conversion: its click, the reports about it, and its status, in order */
        get: operations["ConversionStoryController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Report over clicks and conversions, as JSON or (Accept: text/csv) as CSV */
        get: operations["ReportsController_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/timeseries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics by hour, day, week or month, without gaps */
        get: operations["ReportViewsController_timeseries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The steps from the click to the approved conversion */
        get: operations["ReportViewsController_funnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/heatmap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics by hour of the week */
        get: operations["ReportViewsController_heatmap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the values of a dimension, for choosing a filter */
        get: operations["ReportViewsController_values"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all metrics with their formulas, and all dimensions */
        get: operations["ReportViewsController_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/formulas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the workspace's own metrics */
        get: operations["ReportFormulasController_list"];
        put?: never;
        /** Define a metric by a formula over other metrics */
        post: operations["ReportFormulasController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/formulas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a formula that no other formula uses */
        delete: operations["ReportFormulasController_delete"];
        options?: never;
        head?: never;
        /** Change a formula; only the given fields change */
        patch: operations["ReportFormulasController_update"];
        trace?: never;
    };
    "/api/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the uploaded costs, newest first, with the number of their clicks */
        get: operations["CostsController_list"];
        /** Upload costs of days, all or none; one of the same day and values as before replaces it */
        put: operations["CostsController_upload"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/costs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an uploaded cost; its clicks have their own cost again */
        delete: operations["CostsController_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live clicks, postbacks and conversions, as server-sent events */
        get: operations["EventsController_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find anything of the workspace by its id, its name or a value that belongs to it */
        get: operations["SearchController_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the setup checklist: the steps to the first attributed conversion, and what was seen */
        get: operations["SetupController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo-workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the progress of your demo workspace */
        get: operations["DemoWorkspaceController_read"];
        put?: never;
        /** Create your demo workspace with 90 days of made-up traffic; answers with the existing one if you have one */
        post: operations["DemoWorkspaceController_create"];
        /** Delete your demo workspace with all its data; nothing else is touched */
        delete: operations["DemoWorkspaceController_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/utm-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the sets of campaign parameters, newest first */
        get: operations["UtmTemplatesController_list"];
        put?: never;
        /** Create a set of campaign parameters that links can copy */
        post: operations["UtmTemplatesController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/utm-templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a set of campaign parameters */
        get: operations["UtmTemplatesController_read"];
        put?: never;
        post?: never;
        /** Delete a set of campaign parameters; links that copied it do not change */
        delete: operations["UtmTemplatesController_delete"];
        options?: never;
        head?: never;
        /** Change a set of campaign parameters; links that copied it do not change */
        patch: operations["UtmTemplatesController_update"];
        trace?: never;
    };
    "/api/v1/abuse-reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the abuse reports about your links, newest first */
        get: operations["AbuseReportsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/abuse-reports/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a report as resolved; the link is not changed */
        post: operations["AbuseReportsController_resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        JobResponse: {
            /** @example conversion-import */
            name: string;
            /**
             * @description Seconds from one run to the next.
             * @example 1
             */
            everySeconds: number;
            /**
             * Format: date-time
             * @description When it last ran without an error in this process. `null`: not yet, or another process runs it for all processes.
             */
            lastSuccessAt: string | null;
            /** @description The error of the last run. Absent when that succeeded. */
            lastError?: string;
            /** @description Whether it is running now. */
            isRunning: boolean;
        };
        ReadyResponse: {
            /** @example ok */
            status: string;
            /** @description The dependencies that answer. */
            info?: {
                [key: string]: {
                    [key: string]: unknown;
                };
            } | null;
            /** @description The dependencies that do not answer. */
            error?: {
                [key: string]: {
                    [key: string]: unknown;
                };
            } | null;
            /**
             * @description All dependencies, by name.
             * @example {
             *       "mongodb": {
             *         "status": "up",
             *         "ms": 1
             *       },
             *       "redis": {
             *         "status": "up",
             *         "ms": 1
             *       }
             *     }
             */
            details: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
            /** @description Settings that look wrong. Only the operator sees them. */
            warnings?: string[];
            /** @description The background jobs of the process that answers. Only the operator sees them. */
            jobs?: components["schemas"]["JobResponse"][];
        };
        CreateWorkspaceRequest: {
            /** @description Name of the workspace. */
            name: string;
        };
        WorkspaceCreatedResponse: {
            /** @example wsp_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            name: string;
            /** @description API key of the workspace's owner. It is shown only once. */
            apiKey: string;
        };
        RetentionResponse: {
            /** @description Days that a click is kept. `null`: for ever. */
            clickDays: number | null;
            /** @description Days that an entry stays in the postback log. */
            postbackDays: number;
            /** @description Days that an entry stays in the audit log. */
            auditDays: number;
        };
        PrivacyResponse: {
            /** @description Days that the address of a click is kept whole before it is truncated. 0: addresses are never kept. */
            ipDays: number;
            /** @description Whether clicks with `DNT: 1` or `Sec-GPC: 1` are stored without personal data. */
            honourDoNotTrack: boolean;
        };
        WorkspaceResponse: {
            retention: components["schemas"]["RetentionResponse"];
            privacy: components["schemas"]["PrivacyResponse"];
            /** @enum {string} */
            postbacksWhenDown: "refuse" | "spool";
            /** @example wsp_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            name: string;
            /**
             * @description Currency of revenue, ISO 4217.
             * @example USD
             */
            currency: string;
            /**
             * @description IANA time zone of dates without a time.
             * @example UTC
             */
            timezone: string;
        };
        RetentionRequest: {
            /** @description Days that an entry stays in the postback log. */
            postbackDays?: number;
            /** @description Days that a click is kept. `null`: for ever. Counters and conversions stay. */
            clickDays?: number | null;
            /** @description Days that an entry stays in the audit log. */
            auditDays?: number;
        };
        PrivacyRequest: {
            /** @description Days that the address of a click is kept whole before it is truncated. 0: addresses are never kept. */
            ipDays?: number;
            /** @description Whether clicks with `DNT: 1` or `Sec-GPC: 1` are stored without personal data. */
            honourDoNotTrack?: boolean;
        };
        UpdateWorkspaceRequest: {
            retention?: components["schemas"]["RetentionRequest"];
            privacy?: components["schemas"]["PrivacyRequest"];
            /**
             * @description While MongoDB is away: `refuse` answers postbacks with 503, so networks retry; `spool` accepts them and applies them later.
             * @enum {string}
             */
            postbacksWhenDown?: "refuse" | "spool";
            /** @description Name of the workspace. */
            name?: string;
            /**
             * Format: currency
             * @description Currency of revenue, ISO 4217. Earlier conversions keep their currency.
             * @example USD
             */
            currency?: string;
            /**
             * @description IANA time zone of dates without a time in `from`, `to`, `startsAt` and `expiresAt`. Stored values stay unchanged.
             * @example Asia/Kolkata
             */
            timezone?: string;
        };
        UsageRow: {
            /** @description Current number. `null` for a rate, which is not counted here. */
            used: number | null;
            /** @description Maximum number. `null`: no limit. */
            limit: number | null;
        };
        UsageResponse: {
            /** @description Id of the workspace. */
            id: string;
            /** @example unlimited */
            plan: string;
            links: components["schemas"]["UsageRow"];
            domains: components["schemas"]["UsageRow"];
            networks: components["schemas"]["UsageRow"];
            apiKeys: components["schemas"]["UsageRow"];
            /** @description Per 30 days. */
            conversionImports: components["schemas"]["UsageRow"];
            apiRequestsPerMinute: components["schemas"]["UsageRow"];
        };
        DeleteWorkspaceRequest: {
            /** @description The name of the workspace, to confirm the deletion. */
            confirm: string;
        };
        DeletionResponse: {
            /**
             * @description `none`: no deletion was requested.
             * @enum {string}
             */
            status: "none" | "deleting" | "deleted";
            requestedAt: string | null;
            finishedAt: string | null;
            /** @description Number of deleted documents, by collection. */
            deleted: {
                [key: string]: number;
            };
            /** @description Id of the workspace. */
            id: string;
        };
        CreateApiKeyRequest: {
            /**
             * @description When the key expires. A date without a time is the end of that day in the workspace's time zone. `null`: never.
             * @example 2027-01-31T00:00:00Z
             */
            expiresAt?: string | null;
            /**
             * @description The owner of the key. A person's key never grants more than the person's role, and ends with the membership. Default:
             *     the person who creates it; `workspace` when a key creates it.
             * @enum {string}
             */
            belongsTo?: "person" | "workspace";
            /** @description Name of the key, such as its purpose. */
            name: string;
            /**
             * @description The scopes of the key. `*` grants all of them.
             * @example [
             *       "links:read",
             *       "links:write"
             *     ]
             */
            scopes: ("*" | "links:read" | "links:write" | "clicks:read" | "clicks:write" | "conversions:read" | "conversions:write" | "domains:read" | "domains:write" | "networks:read" | "networks:write" | "postbacks:read" | "postbacks:write" | "reports:read" | "reports:write" | "api-keys:read" | "api-keys:write" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "workspaces:export" | "workspaces:delete" | "rates:read" | "rates:write" | "audit:read")[];
        };
        OldKeyResponse: {
            last4: string;
            validUntil: string;
        };
        ApiKeyCreatedResponse: {
            /**
             * @description The person that owns the key. `null`: the workspace.
             * @example usr_0V4rQ2pK3mXa81Qd7ZsT
             */
            userId: string | null;
            /** @description When the key expires. `null`: never. */
            expiresAt: string | null;
            /** @description Last use, accurate to about a minute. */
            lastUsedAt: string | null;
            /** @description The secret before the rotation, while it is still valid. */
            oldKey: components["schemas"]["OldKeyResponse"] | null;
            /** @description The key itself. It is shown only once. */
            key: string;
            /** @example key_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            name: string;
            /** @description The key's last four characters. */
            last4: string;
            scopes: string[];
            createdAt: string;
        };
        ApiKeyResponse: {
            /**
             * @description The person that owns the key. `null`: the workspace.
             * @example usr_0V4rQ2pK3mXa81Qd7ZsT
             */
            userId: string | null;
            /** @description When the key expires. `null`: never. */
            expiresAt: string | null;
            /** @description Last use, accurate to about a minute. */
            lastUsedAt: string | null;
            /** @description The secret before the rotation, while it is still valid. */
            oldKey: components["schemas"]["OldKeyResponse"] | null;
            /** @example key_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            name: string;
            /** @description The key's last four characters. */
            last4: string;
            scopes: string[];
            createdAt: string;
        };
        PageInfo: {
            /** @description Pass it as `cursor` to get the next page; null on the last. */
            nextCursor: string | null;
            hasMore: boolean;
        };
        ApiKeyListResponse: {
            data: components["schemas"]["ApiKeyResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        UpdateApiKeyRequest: {
            /**
             * @description When the key expires. A date without a time is the end of that day in the workspace's time zone. `null`: never.
             * @example 2027-01-31T00:00:00Z
             */
            expiresAt?: string | null;
            name?: string;
            /**
             * @description The new scopes of the key. They replace the old ones.
             * @example [
             *       "links:read",
             *       "links:write"
             *     ]
             */
            scopes?: ("*" | "links:read" | "links:write" | "clicks:read" | "clicks:write" | "conversions:read" | "conversions:write" | "domains:read" | "domains:write" | "networks:read" | "networks:write" | "postbacks:read" | "postbacks:write" | "reports:read" | "reports:write" | "api-keys:read" | "api-keys:write" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "workspaces:export" | "workspaces:delete" | "rates:read" | "rates:write" | "audit:read")[];
        };
        RotateApiKeyRequest: {
            /**
             * @description Hours that the old secret stays valid. 0 ends it now.
             * @default 24
             */
            overlapHours: number;
        };
        ActorResponse: {
            /** @description `key`: an API key. */
            kind: string;
            id: string;
            /** @description Its name at the time of the change. */
            name: string;
        };
        AuditEntryResponse: {
            /** @description The changed fields before the change. `null` for a new object. */
            before: {
                [key: string]: unknown;
            } | null;
            /** @description The same fields after the change. `null` for a deleted object. */
            after: {
                [key: string]: unknown;
            } | null;
            /** @example aud_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            at: string;
            actor: components["schemas"]["ActorResponse"];
            ip: string;
            requestId: string;
            /** @example link.updated */
            action: string;
            objectId: string;
        };
        AuditLogResponse: {
            data: components["schemas"]["AuditEntryResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        OidcMethodResponse: {
            name: string;
            /** @description Open it in the browser. */
            url: string;
        };
        SignInMethodsResponse: {
            oidc: components["schemas"]["OidcMethodResponse"] | null;
            /** @description Whether this Hopback has no owner yet. Its start printed the link for the first one. */
            needsOwner: boolean;
            password: boolean;
            /** @description Whether passkeys can be used: they need https or localhost, and a host name. */
            passkey: boolean;
            /** @description Whether this server sends mails, such as those to reset a password. */
            mail: boolean;
        };
        CreateOwnerRequest: {
            /** @description The part of the link after `#`. */
            token: string;
            email: string;
            name: string;
            password: string;
        };
        SignInResponse: {
            /**
             * @description `null`: you are signed in. `totp`: send a code of the authenticator app to `/api/v1/auth/totp`.
             * @enum {string|null}
             */
            next: "totp" | null;
        };
        SignInRequest: {
            email: string;
            password: string;
        };
        SignInCodeRequest: {
            /** @description Six digits of the authenticator app, or a recovery code. */
            code: string;
        };
        ForgotPasswordRequest: {
            email: string;
        };
        ResetPasswordRequest: {
            /** @description The part of the link after `#`. */
            token: string;
            /** @description At least 12 characters. Common passwords are refused. */
            password: string;
        };
        LinkTokenRequest: {
            /** @description The part of the link after `#`. */
            token: string;
        };
        ShownInvitationResponse: {
            /** @enum {string} */
            role: "owner" | "admin" | "editor" | "analyst";
            email: string;
            workspaceName: string;
            invitedBy: string;
            /** @description Whether the address has an account, which has to sign in before it accepts. */
            hasAccount: boolean;
            expiresAt: string;
        };
        AcceptInvitationRequest: {
            /** @description Of a new account. */
            name?: string;
            /** @description Of a new account: at least 12 characters. Common passwords are refused. */
            password?: string;
            /** @description The part of the link after `#`. */
            token: string;
        };
        LinkLimitsResponse: {
            tags: string[];
            campaigns: string[];
        };
        MyWorkspaceResponse: {
            /** @enum {string} */
            role: "owner" | "admin" | "editor" | "analyst";
            /** @description `null`: all links. */
            linkLimits: components["schemas"]["LinkLimitsResponse"] | null;
            /** @example wsp_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            name: string;
            hideMoney: boolean;
            /** @description Whether this session works in it. */
            isCurrent: boolean;
            /** @description Whether its data is made up: `DELETE /api/v1/demo-workspace` removes your own demo workspace. */
            isDemo: boolean;
        };
        MeResponse: {
            /** @example usr_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            email: string;
            name: string;
            createdAt: string;
            hasPassword: boolean;
            /** @description Whether sign-ins by password need a code of an authenticator app. */
            hasTotp: boolean;
            recoveryCodesLeft: number;
            passkeys: number;
            /** @description The scopes in the current workspace. Empty without one. */
            scopes: string[];
            /** @description When you last proved who you are. Dangerous acts need that within ten minutes. */
            authenticatedAt: string;
            workspaces: components["schemas"]["MyWorkspaceResponse"][];
        };
        UpdateMeRequest: {
            name?: string;
        };
        SelectWorkspaceRequest: {
            /** @example wsp_0V4rQ2pK3mXa81Qd7ZsT */
            workspaceId: string;
        };
        ChangePasswordRequest: {
            /** @description At least 12 characters. Common passwords are refused. */
            password: string;
        };
        ChangeEmailRequest: {
            /** @description The new address. It gets a link, which confirms the change. */
            email: string;
        };
        SessionResponse: {
            /** @enum {string} */
            method: "password" | "passkey" | "totp" | "oidc" | "owner" | "invitation";
            /**
             * @description City and country of the address at the sign-in, where they are known.
             * @example Berlin, DE
             */
            place: string | null;
            /** @example ses_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            /** @description Whether this request came with it. */
            isCurrent: boolean;
            /** @example Chrome on Windows */
            device: string;
            ip: string;
            createdAt: string;
            /** @description Accurate to about a minute. */
            lastSeenAt: string;
            /** @description When you last proved who you are in this browser. */
            authenticatedAt: string;
            expiresAt: string;
        };
        SessionListResponse: {
            data: components["schemas"]["SessionResponse"][];
        };
        TotpSecretResponse: {
            /** @description For typing it in, base32. */
            secret: string;
            /**
             * @description For a QR code.
             * @example otpauth://totp/…
             */
            uri: string;
        };
        ConfirmTotpRequest: {
            /** @description Six digits of the authenticator app. */
            code: string;
        };
        RecoveryCodesResponse: {
            /** @description Ten codes, each for one sign-in without the app. They are shown only once. */
            recoveryCodes: string[];
        };
        DeleteMeRequest: {
            /** @description Your e-mail address. */
            confirm: string;
        };
        PasskeySignInOptionsResponse: {
            /** @example preferred */
            userVerification?: string;
            /** @description Valid for ten minutes, for one sign-in. */
            challenge: string;
            /** @description Milliseconds. */
            timeout?: number;
            /** @description The hostname of this Hopback. */
            rpId?: string;
        };
        PasskeyAssertionDto: {
            /** @description The id of the passkey's owner, as the options for its registration gave it. */
            userHandle?: string | null;
            clientDataJSON: string;
            authenticatorData: string;
            signature: string;
        };
        PasskeySignInRequest: {
            /** @enum {string} */
            type: "public-key";
            /**
             * @description It is not used.
             * @example platform
             */
            authenticatorAttachment?: string | null;
            /** @description They are not used. */
            clientExtensionResults?: Record<string, never>;
            response: components["schemas"]["PasskeyAssertionDto"];
            /** @description The credential id. */
            id: string;
            rawId: string;
        };
        PasskeyResponse: {
            /** @description The last sign-in with it. */
            lastUsedAt: string | null;
            /** @example psk_3q2-7wQx0yPz5mJvK1aBcd */
            id: string;
            name: string;
            createdAt: string;
            /** @description Whether the authenticator copies it to other devices of its owner. */
            isBackedUp: boolean;
        };
        PasskeyListResponse: {
            data: components["schemas"]["PasskeyResponse"][];
        };
        PasskeyServerResponse: {
            /** @description The hostname of this Hopback. */
            id?: string;
            name: string;
        };
        PasskeyOwnerResponse: {
            /** @description base64url. */
            id: string;
            name: string;
            displayName: string;
        };
        PasskeyAlgorithmResponse: {
            /** @enum {string} */
            type: "public-key";
            /**
             * @description A COSE algorithm.
             * @example -7
             */
            alg: number;
        };
        KnownPasskeyResponse: {
            /** @enum {string} */
            type: "public-key";
            /** @description The credential id. */
            id: string;
            transports?: string[];
        };
        PasskeySelectionResponse: {
            /** @example required */
            residentKey?: string;
            /** @example preferred */
            userVerification?: string;
            requireResidentKey?: boolean;
        };
        PasskeyRegistrationOptionsResponse: {
            /** @example none */
            attestation?: string;
            hints?: string[];
            extensions?: Record<string, never>;
            rp: components["schemas"]["PasskeyServerResponse"];
            user: components["schemas"]["PasskeyOwnerResponse"];
            /** @description Valid for ten minutes, for one registration in this session. */
            challenge: string;
            pubKeyCredParams: components["schemas"]["PasskeyAlgorithmResponse"][];
            /** @description Milliseconds. */
            timeout?: number;
            /** @description The passkeys that you have, so that an authenticator gets only one. */
            excludeCredentials?: components["schemas"]["KnownPasskeyResponse"][];
            authenticatorSelection?: components["schemas"]["PasskeySelectionResponse"];
        };
        PasskeyAttestationDto: {
            /** @description It is not used: `attestationObject` contains it. */
            publicKey?: string | null;
            clientDataJSON: string;
            attestationObject: string;
            /** @description It is not used: `attestationObject` contains it. */
            authenticatorData?: string;
            /**
             * @description How the authenticator is reached.
             * @example [
             *       "internal",
             *       "hybrid"
             *     ]
             */
            transports?: string[];
            /**
             * @description It is not used: `attestationObject` contains it.
             * @example -7
             */
            publicKeyAlgorithm?: number;
        };
        PasskeyRegistrationDto: {
            /** @enum {string} */
            type: "public-key";
            /**
             * @description It is not used.
             * @example platform
             */
            authenticatorAttachment?: string | null;
            /** @description They are not used. */
            clientExtensionResults?: Record<string, never>;
            response: components["schemas"]["PasskeyAttestationDto"];
            /** @description The credential id. */
            id: string;
            rawId: string;
        };
        AddPasskeyRequest: {
            /** @description Default: browser and system, such as "Chrome on Windows". */
            name?: string;
            /** @description The answer of the authenticator. */
            response: components["schemas"]["PasskeyRegistrationDto"];
        };
        RenamePasskeyRequest: {
            name: string;
        };
        MemberResponse: {
            /** @enum {string} */
            role: "owner" | "admin" | "editor" | "analyst";
            /** @description `null`: all links. */
            linkLimits: components["schemas"]["LinkLimitsResponse"] | null;
            /** @example mem_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            /** @example usr_0V4rQ2pK3mXa81Qd7ZsT */
            userId: string;
            name: string;
            email: string;
            hideMoney: boolean;
            createdAt: string;
        };
        MemberListResponse: {
            data: components["schemas"]["MemberResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        LinkLimitsInput: {
            /** @description Links with one of these tags. */
            tags: string[];
            /** @description Links of one of these campaigns. */
            campaigns: string[];
        };
        UpdateMemberRequest: {
            /** @description Limits an editor or analyst to links with certain tags or of certain campaigns. `null`: all links. */
            linkLimits?: components["schemas"]["LinkLimitsInput"] | null;
            /**
             * @description The new role. Restrictions that it cannot have end.
             * @enum {string}
             */
            role?: "owner" | "admin" | "editor" | "analyst";
            /** @description Hides all amounts of money. Only for analysts. */
            hideMoney?: boolean;
        };
        CreateInvitationRequest: {
            /** @description Limits an editor or analyst to links with certain tags or of certain campaigns. `null`: all links. */
            linkLimits?: components["schemas"]["LinkLimitsInput"] | null;
            /** @enum {string} */
            role: "owner" | "admin" | "editor" | "analyst";
            /** @example person@brand.example */
            email: string;
            /** @description Hides all amounts of money. Only for analysts. */
            hideMoney?: boolean;
        };
        InvitationSentResponse: {
            /** @enum {string} */
            role: "owner" | "admin" | "editor" | "analyst";
            /** @description `null`: all links. */
            linkLimits: components["schemas"]["LinkLimitsResponse"] | null;
            /** @description The link to pass on. Only where this server sends no mail; it is not shown again. */
            url?: string;
            /** @example inv_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            email: string;
            hideMoney: boolean;
            /** @description Name of the person or API key that invited. */
            invitedBy: string;
            createdAt: string;
            /** @description When the mail was last sent. */
            sentAt: string;
            expiresAt: string;
            isExpired: boolean;
        };
        InvitationResponse: {
            /** @enum {string} */
            role: "owner" | "admin" | "editor" | "analyst";
            /** @description `null`: all links. */
            linkLimits: components["schemas"]["LinkLimitsResponse"] | null;
            /** @example inv_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            email: string;
            hideMoney: boolean;
            /** @description Name of the person or API key that invited. */
            invitedBy: string;
            createdAt: string;
            /** @description When the mail was last sent. */
            sentAt: string;
            expiresAt: string;
            isExpired: boolean;
        };
        InvitationListResponse: {
            data: components["schemas"]["InvitationResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        BeginOidcRequest: {
            /** @description The part of the invitation's link after `#`. */
            invitation?: string;
            /** @description The part of the link of the first owner after `#`: the sign-in makes its person the owner. */
            owner?: string;
        };
        BeginOidcResponse: {
            /** @description The page of the OpenID provider: open it in this browser. */
            url: string;
        };
        IdentityResponse: {
            /** @example idn_3q2-7wQx0yPz5mJvK1aBcd */
            id: string;
            /** @example https://login.example.com */
            issuer: string;
            /** @description The id of the account at the provider. */
            subject: string;
        };
        IdentityListResponse: {
            data: components["schemas"]["IdentityResponse"][];
        };
        CreateDomainRequest: {
            /** @description A name for people to read; null: none. */
            title?: string | null;
            /** @description Where requests for the root of the domain are redirected to; null: they get a 404. */
            rootUrl?: string | null;
            /** @description Where requests for unknown slugs are redirected to; null: they get a 404. */
            notFoundUrl?: string | null;
            /** @description Where expired links without an expiredUrl of their own redirect to; null: they get a 410. */
            expiredUrl?: string | null;
            /**
             * @description False: `/Sale` and `/sale` are one link. It can be set to false while no slug of the domain has capital letters.
             * @default true
             */
            caseSensitive: boolean;
            /**
             * @description Whether search engines may list what the domain serves.
             * @default noindex
             * @enum {string}
             */
            robots: "noindex" | "index";
            /**
             * @description The content of `/.well-known/apple-app-site-association`, by which apps of iOS and macOS open the links of this domain. It has `applinks`, `webcredentials` or `appclips`, and 128 KiB at most; null: requests for it get a 404.
             * @example {
             *       "applinks": {
             *         "details": [
             *           {
             *             "appIDs": [
             *               "ABCDE12345.com.example.app"
             *             ],
             *             "components": [
             *               {
             *                 "/": "/*"
             *               }
             *             ]
             *           }
             *         ]
             *       }
             *     }
             */
            appleAppSiteAssociation?: {
                [key: string]: unknown;
            } | null;
            /** @description The content of `/.well-known/assetlinks.json`, by which Android apps open the links of this domain: statements of Digital Asset Links, 128 KiB at most; null: requests for it get a 404. */
            assetLinks?: {
                [key: string]: unknown;
            }[] | null;
            /**
             * @description The hostname alone, without scheme, port or path. Letters of any script are allowed.
             * @example go.brand.com
             */
            hostname: string;
        };
        DnsRecordResponse: {
            /** @enum {string} */
            type: "TXT" | "CNAME" | "A" | "AAAA";
            /** @example _hopback.go.brand.com */
            name: string;
            /** @example hopback-verify=4rQ2pK3mXa81Qd7ZsTb4rQ2pK3mXa81Q */
            value: string;
            /** @description A remark about this record. */
            note?: string;
        };
        FoundRecord: {
            type: string;
            name: string;
            value: string;
        };
        CheckFindingResponse: {
            /** @description `txt_missing`, `txt_mismatch`, `txt_wrong_name`, `dns_unreachable`, `not_pointing_here` */
            code: string;
            /** @description A sentence for people: what was found, and what to set. */
            message: string;
            /** @description The record to set. */
            record: components["schemas"]["FoundRecord"];
            /** @description The values that DNS has now. */
            found: string[];
        };
        DomainResponse: {
            /** @example dom_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            /** @example go.brand.com */
            hostname: string;
            /** @description The hostname in Unicode. Equal to `hostname` for names without punycode. */
            displayName: string;
            /**
             * @description A domain serves links only while it is verified.
             * @enum {string}
             */
            status: "pending" | "verified";
            /** @description The DNS records to set. */
            dns: components["schemas"]["DnsRecordResponse"][];
            /** @description Findings of the last DNS check that prevented verification. */
            problems: components["schemas"]["CheckFindingResponse"][];
            /** @description Findings of the last DNS check that do not prevent verification. */
            warnings: components["schemas"]["CheckFindingResponse"][];
            /** @description Time of the last DNS check. */
            checkedAt: string | null;
            verifiedAt: string | null;
            /** @description Time at which it stopped being verified because its proof was missing. */
            lostAt: string | null;
            isPrimary: boolean;
            isArchived: boolean;
            title: string | null;
            rootUrl: string | null;
            notFoundUrl: string | null;
            expiredUrl: string | null;
            caseSensitive: boolean;
            /** @enum {string} */
            robots: "noindex" | "index";
            createdAt: string;
            updatedAt: string;
            /**
             * @example {
             *       "applinks": {
             *         "details": [
             *           {
             *             "appIDs": [
             *               "ABCDE12345.com.example.app"
             *             ],
             *             "components": [
             *               {
             *                 "/": "/*"
             *               }
             *             ]
             *           }
             *         ]
             *       }
             *     }
             */
            appleAppSiteAssociation: {
                [key: string]: unknown;
            } | null;
            assetLinks: {
                [key: string]: unknown;
            }[] | null;
        };
        ListedDomainResponse: {
            /** @example dom_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            /** @example go.brand.com */
            hostname: string;
            /** @description The hostname in Unicode. Equal to `hostname` for names without punycode. */
            displayName: string;
            /**
             * @description A domain serves links only while it is verified.
             * @enum {string}
             */
            status: "pending" | "verified";
            /** @description The DNS records to set. */
            dns: components["schemas"]["DnsRecordResponse"][];
            /** @description Findings of the last DNS check that prevented verification. */
            problems: components["schemas"]["CheckFindingResponse"][];
            /** @description Findings of the last DNS check that do not prevent verification. */
            warnings: components["schemas"]["CheckFindingResponse"][];
            /** @description Time of the last DNS check. */
            checkedAt: string | null;
            verifiedAt: string | null;
            /** @description Time at which it stopped being verified because its proof was missing. */
            lostAt: string | null;
            isPrimary: boolean;
            isArchived: boolean;
            title: string | null;
            rootUrl: string | null;
            notFoundUrl: string | null;
            expiredUrl: string | null;
            caseSensitive: boolean;
            /** @enum {string} */
            robots: "noindex" | "index";
            createdAt: string;
            updatedAt: string;
        };
        DomainListResponse: {
            data: components["schemas"]["ListedDomainResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        UpdateDomainRequest: {
            /** @description A name for people to read; null: none. */
            title?: string | null;
            /** @description Where requests for the root of the domain are redirected to; null: they get a 404. */
            rootUrl?: string | null;
            /** @description Where requests for unknown slugs are redirected to; null: they get a 404. */
            notFoundUrl?: string | null;
            /** @description Where expired links without an expiredUrl of their own redirect to; null: they get a 410. */
            expiredUrl?: string | null;
            /**
             * @description False: `/Sale` and `/sale` are one link. It can be set to false while no slug of the domain has capital letters.
             * @default true
             */
            caseSensitive: boolean;
            /**
             * @description Whether search engines may list what the domain serves.
             * @default noindex
             * @enum {string}
             */
            robots: "noindex" | "index";
            /**
             * @description The content of `/.well-known/apple-app-site-association`, by which apps of iOS and macOS open the links of this domain. It has `applinks`, `webcredentials` or `appclips`, and 128 KiB at most; null: requests for it get a 404.
             * @example {
             *       "applinks": {
             *         "details": [
             *           {
             *             "appIDs": [
             *               "ABCDE12345.com.example.app"
             *             ],
             *             "components": [
             *               {
             *                 "/": "/*"
             *               }
             *             ]
             *           }
             *         ]
             *       }
             *     }
             */
            appleAppSiteAssociation?: {
                [key: string]: unknown;
            } | null;
            /** @description The content of `/.well-known/assetlinks.json`, by which Android apps open the links of this domain: statements of Digital Asset Links, 128 KiB at most; null: requests for it get a 404. */
            assetLinks?: {
                [key: string]: unknown;
            }[] | null;
            /** @description New links that name no domain are created on this one. A workspace has at most one primary domain. */
            isPrimary?: boolean;
            /** @description True: existing links are still served, but no new ones can be created. */
            isArchived?: boolean;
        };
        OrphanDayResponse: {
            /** @description Human visits of the root of the domain. */
            root: number;
            /** @description Bot visits of the root of the domain. */
            rootBots: number;
            /** @description Human visits of slugs that no link has. */
            notFound: number;
            /** @description Bot visits of slugs that no link has. */
            notFoundBots: number;
            /** @example 2026-01-31 */
            day: string;
        };
        OrphanNumbers: {
            /** @description Human visits of the root of the domain. */
            root: number;
            /** @description Bot visits of the root of the domain. */
            rootBots: number;
            /** @description Human visits of slugs that no link has. */
            notFound: number;
            /** @description Bot visits of slugs that no link has. */
            notFoundBots: number;
        };
        OrphanSlugResponse: {
            slug: string;
            /** @description Human visits: a lower bound. */
            hits: number;
        };
        OrphansResponse: {
            /** @description The days with unmatched visits, oldest first. */
            days: components["schemas"]["OrphanDayResponse"][];
            totals: components["schemas"]["OrphanNumbers"];
            /** @description The slugs that people requested most, at most 100. */
            slugs: components["schemas"]["OrphanSlugResponse"][];
        };
        MappingRequest: {
            /**
             * @description Canonical name → parameter names that the network sends; the first with a value wins.
             * @example {
             *       "click_id": [
             *         "tid"
             *       ],
             *       "payout": [
             *         "sum"
             *       ],
             *       "event": [
             *         "goal"
             *       ],
             *       "txid": [
             *         "xid"
             *       ]
             *     }
             */
            params?: {
                [key: string]: string[];
            };
            /**
             * @description The network's words for events → event type, or `chargeback` to take a conversion back. Case does not matter.
             * @example {
             *       "reg": "registration",
             *       "dep": "ftd",
             *       "redep": "deposit"
             *     }
             */
            events?: {
                [key: string]: string;
            };
            /**
             * @description The network's words for statuses → `approved`, `pending`, `rejected` or `ignore`.
             * @example {
             *       "1": "approved",
             *       "2": "pending",
             *       "3": "rejected",
             *       "ping": "ignore"
             *     }
             */
            statuses?: {
                [key: string]: string;
            };
            /**
             * @description The network's words and signs for currencies → codes of 2 to 10 letters. Amounts are stored under that code.
             * @example {
             *       "usdt": "USD",
             *       "руб": "RUB"
             *     }
             */
            currencies?: {
                [key: string]: string;
            };
            /**
             * @description Character set of the network's requests and files if it is not UTF-8, by its WHATWG label.
             * @example windows-1251
             */
            charset?: string;
        };
        DefaultsRequest: {
            /** @enum {string} */
            event?: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            /** @enum {string} */
            status?: "pending" | "approved" | "rejected";
            /**
             * Format: currency
             * @example EUR
             */
            currency?: string;
            /** @example 50.00 */
            payout?: string;
        };
        TokenRequest: {
            /** @example token */
            param: string;
            /** @description Required value. It is shown masked (`***` and its last characters); sending the mask back keeps the value. */
            value: string;
        };
        HmacRequest: {
            /** @description Secret shared with the network, 16 to 200 characters. It is shown masked; sending the mask back keeps the secret. */
            secret: string;
            /** @description The parameter that carries the signature. Default: `sig`. */
            param?: string;
            /** @description The parameter that carries the time of signing, Unix seconds. Default: `ts`. */
            timestampParam?: string;
            /** @description Maximum difference between that time and the server's time, in seconds. Default: 300. */
            toleranceSeconds?: number;
        };
        SecurityRequest: {
            /**
             * @description IPv4 and IPv6 addresses and CIDRs that may send. Empty: all.
             * @example [
             *       "203.0.113.0/24",
             *       "2001:db8::/32"
             *     ]
             */
            ips?: string[];
            /** @description A parameter with a required value. */
            token?: components["schemas"]["TokenRequest"] | null;
            /** @description A signature: HMAC-SHA256 over the other parameters. */
            hmac?: components["schemas"]["HmacRequest"] | null;
            /** @description Maximum requests per minute and process; further requests are answered with 429. Default: 60000. */
            ratePerMinute?: number;
        };
        AnswerRequest: {
            /** @description Answer 200 for every verdict. */
            alwaysOk?: boolean;
            /** @description Answer with the plain text `OK` instead of JSON. */
            text?: boolean;
        };
        CreateNetworkRequest: {
            /**
             * @description Id of a preset (`GET /api/v1/network-presets`), with the known parameter names and words of the network. `null`: none.
             * @example keitaro
             */
            preset?: string | null;
            /**
             * @description Whether another `deposit`, `sale` or `rebill` of a click counts if it has no transaction id. Default: `ignore`.
             * @example {
             *       "deposit": "count"
             *     }
             */
            repeats?: {
                [key: string]: string;
            };
            /**
             * @description Scope in which a transaction id is unique. `click` (default): the same id with another click is another conversion.
             *     `network`: the same id is the same conversion, whatever click id comes with it.
             * @enum {string}
             */
            transactions?: "click" | "network";
            /**
             * @description Event type → attribution window in days after the click. Without an entry there is no limit.
             * @example {
             *       "registration": 30,
             *       "ftd": 30
             *     }
             */
            windows?: {
                [key: string]: number;
            };
            /** @example Casino Partners */
            name: string;
            mapping?: components["schemas"]["MappingRequest"];
            defaults?: components["schemas"]["DefaultsRequest"];
            /**
             * Format: currency
             * @description Currency of amounts without one; short for `defaults.currency`. Default: USD.
             */
            currency?: string;
            /** @description The query parameter in which links to this network carry the click id. Default: the preset's, else `click_id`. */
            clickIdParam?: string;
            security?: components["schemas"]["SecurityRequest"];
            answer?: components["schemas"]["AnswerRequest"];
        };
        PostbackUrlResponse: {
            /**
             * @description The event for which the network has a field for this URL; `null`: the URL is for all events.
             * @enum {string|null}
             */
            event: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal" | null;
            note: string | null;
            url: string;
        };
        NetworkSendsResponse: {
            events: ("registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal")[];
            statuses: ("pending" | "approved" | "rejected")[];
            /** @description Canonical names of the values that a macro of the network fills. */
            params: ("click_id" | "event" | "status" | "payout" | "currency" | "txid" | "player_id" | "time" | "sub1" | "sub2" | "sub3" | "sub4" | "sub5" | "sub6" | "sub7" | "sub8" | "sub9" | "sub10")[];
            /** @description A macro fills the event, so the network may also send words that are not in `events`. */
            hasOwnEvents: boolean;
        };
        NetworkLimitsResponse: {
            /** @description Known delay of its postbacks. */
            batched: string | null;
            /** @description There is no macro for a transaction id: one conversion of an event type counts for each click, see `repeats`. */
            noTransactionId: boolean;
            /** @description There is no macro for an amount. */
            noPayout: boolean;
            /** @description There is no macro for a status: each postback has the default status. */
            noStatus: boolean;
            /** @description There is no macro for the player: a first deposit is found for each click. */
            noPlayerId: boolean;
            /** @description The network calls only `http://` URLs. */
            httpOnly: boolean;
            /** @description The network cannot send amounts. */
            staticPayout: boolean;
        };
        NetworkMappingResponse: {
            params: {
                [key: string]: string[];
            };
            events: {
                [key: string]: string;
            };
            statuses: {
                [key: string]: string;
            };
            currencies?: {
                [key: string]: string;
            };
            charset?: string;
        };
        TokenResponse: {
            param: string;
            /** @example ***7dq */
            value: string;
        };
        HmacResponse: {
            /** @example ***x2P */
            secret: string;
            param: string;
            timestampParam: string;
            toleranceSeconds: number;
        };
        SecurityResponse: {
            ips: string[];
            token: components["schemas"]["TokenResponse"] | null;
            hmac: components["schemas"]["HmacResponse"] | null;
            ratePerMinute: number;
        };
        AnswerResponse: {
            alwaysOk: boolean;
            text: boolean;
        };
        NetworkResponse: {
            /** @description Id of the network's preset. */
            preset: string | null;
            /** @example Affilka (SOFTSWISS) */
            presetName: string | null;
            /** @description Whether the facts of its preset come from the vendor or a public receiver's source code; `null` without a preset. */
            verified: boolean | null;
            /** @description Parts of its preset that are not verified. */
            unverifiedParts: string[];
            /** @description The key before the last rotation. It is accepted until it is ended. */
            oldKey: string | null;
            /**
             * @description Public key for pages: `/pixel/{pixelKey}.gif`, and `data-key` of `/hopback.js`. Conversions reported by a page count
             *     until the network reports them. The postback URL does not accept this key.
             */
            pixelKey: string | null;
            /** @description All URLs to enter at the network: one for each event if the network has a field for each. */
            postbackUrls: components["schemas"]["PostbackUrlResponse"][];
            /** @description Limits of this network, and points to check after the setup. */
            checks: string[];
            /** @description The texts of `checks` that are ticked. A check whose text a later release changes is no longer ticked. */
            checksDone: string[];
            /** @description The values that its postbacks can carry, as far as its preset knows; `null` without a preset. */
            sends: components["schemas"]["NetworkSendsResponse"] | null;
            /** @description The limits that its preset knows; `null` without a preset. */
            limits: components["schemas"]["NetworkLimitsResponse"] | null;
            repeats: {
                [key: string]: string;
            };
            /** @enum {string} */
            transactions: "click" | "network";
            windows: {
                [key: string]: number;
            };
            /** @example net_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            name: string;
            /** @description Secret part of the postback URL. Without the scope `networks:write` it is masked (`***` and its last characters), also in URLs. */
            key: string;
            /**
             * @description Postback URL with the macros of the network's preset; the first of `postbackUrls`. Without a preset, replace each `{…}` with
             *     the network's own macro.
             * @example https://go.brand.com/postback/4tXq…?click_id={click_id}&event={event}&status={status}&payout={payout}&currency={currency}&txid={txid}
             */
            postbackUrl: string;
            clickIdParam: string;
            mapping: components["schemas"]["NetworkMappingResponse"];
            /** @description Where money is hidden, `payout` is `null`. */
            defaults: components["schemas"]["DefaultsRequest"];
            /** @description Security settings, with masked secrets. */
            security: components["schemas"]["SecurityResponse"];
            answer: components["schemas"]["AnswerResponse"];
            /** @description Time of the last change of preset, mapping, defaults or currency. */
            dialectChangedAt: string;
            createdAt: string;
            updatedAt: string;
        };
        NetworkListResponse: {
            data: components["schemas"]["NetworkResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        UpdateNetworkRequest: {
            /**
             * @description Id of a preset (`GET /api/v1/network-presets`), with the known parameter names and words of the network. `null`: none.
             * @example keitaro
             */
            preset?: string | null;
            /**
             * @description Whether another `deposit`, `sale` or `rebill` of a click counts if it has no transaction id. Default: `ignore`.
             * @example {
             *       "deposit": "count"
             *     }
             */
            repeats?: {
                [key: string]: string;
            };
            /**
             * @description Scope in which a transaction id is unique. `click` (default): the same id with another click is another conversion.
             *     `network`: the same id is the same conversion, whatever click id comes with it.
             * @enum {string}
             */
            transactions?: "click" | "network";
            /**
             * @description Event type → attribution window in days after the click. Without an entry there is no limit.
             * @example {
             *       "registration": 30,
             *       "ftd": 30
             *     }
             */
            windows?: {
                [key: string]: number;
            };
            /** @example Casino Partners */
            name?: string;
            mapping?: components["schemas"]["MappingRequest"];
            defaults?: components["schemas"]["DefaultsRequest"];
            /**
             * Format: currency
             * @description Currency of amounts without one; short for `defaults.currency`. Default: USD.
             */
            currency?: string;
            /** @description The query parameter in which links to this network carry the click id. Default: the preset's, else `click_id`. */
            clickIdParam?: string;
            security?: components["schemas"]["SecurityRequest"];
            answer?: components["schemas"]["AnswerRequest"];
            /**
             * @description The ticked ones of the network's `checks`, by their texts. The list is replaced as a whole.
             * @example [
             *       "Postbacks are set for each campaign, not once for the account."
             *     ]
             */
            checksDone?: string[];
        };
        PresetUrlResponse: {
            /**
             * @description The event for which the network has a field for this URL; `null`: the URL is for all events.
             * @enum {string|null}
             */
            event: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal" | null;
            /** @description Canonical name → the network's macro, or a fixed value. */
            params: {
                [key: string]: string;
            };
            note: string | null;
            /**
             * @description The URL that a network of this preset would have, with `***` in place of its key.
             * @example https://go.brand.com/postback/***?click_id={external_id}&status={status}
             */
            url: string;
        };
        NetworkPresetResponse: {
            /** @enum {string} */
            kind: "tracker" | "affiliate-network" | "casino-platform" | "mmp" | "generic";
            /** @description Parts of the preset that are not verified. */
            unverifiedParts: string[];
            /** @description Canonical name → macro. */
            macros: {
                [key: string]: string;
            };
            repeats: {
                [key: string]: string;
            };
            postbackUrls: components["schemas"]["PresetUrlResponse"][];
            /** @description Points to check after the setup. */
            checks: string[];
            /** @example keitaro */
            id: string;
            name: string;
            /** @description Whether the facts come from the vendor's documentation or a public receiver's source code. */
            verified: boolean;
            /** @description Source of the facts. */
            source: string;
            /** @description The query parameter in which links to the network carry the click id. */
            clickIdParam: string;
            /**
             * @description The form of the network's macros.
             * @example #x#
             */
            macroSyntax: string;
            mapping: components["schemas"]["NetworkMappingResponse"];
            defaults: components["schemas"]["DefaultsRequest"];
            sends: components["schemas"]["NetworkSendsResponse"];
            limits: components["schemas"]["NetworkLimitsResponse"];
        };
        NetworkPresetListResponse: {
            data: components["schemas"]["NetworkPresetResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        RateResponse: {
            /** @example USD */
            currency: string;
            /**
             * @description Units of the currency for 1 unit of the base.
             * @example 1.0824
             */
            rate: string;
            /** @description Day of the rate: the requested day, or the latest day with a rate before it, at most seven days back. */
            day: string;
        };
        RatesResponse: {
            /**
             * @description `own`: loaded by this workspace. `sample`: sample rates of Hopback, for trying it out. Null when there are no rates.
             * @enum {string|null}
             */
            source: "own" | "sample" | null;
            /** @description The requested day. */
            date: string;
            base: string;
            /** @description Sorted by currency; empty when the day and the seven days before it have none. */
            rates: components["schemas"]["RateResponse"][];
            /** @description Days with rates that this workspace has loaded, newest first, at most a hundred. */
            loadedDays: string[];
        };
        RateRequest: {
            /**
             * @description Day of the rate, in UTC.
             * @example 2026-11-20
             */
            date: string;
            /**
             * @description ISO 4217 code, or another code of 2 to 10 capital letters such as USDT; not the base.
             * @example USD
             */
            currency: string;
            /**
             * @description Units of the currency for 1 unit of the base, as a decimal string.
             * @example 1.0824
             */
            rate: string;
        };
        ReplaceRatesRequest: {
            /**
             * @description Base currency of the rates; only EUR.
             * @enum {string}
             */
            base: "EUR";
            /** @description For each named day, these rates replace all stored rates of that day. */
            rates: components["schemas"]["RateRequest"][];
        };
        RatesReplacedResponse: {
            /** @description Number of replaced days. */
            days: number;
            /** @description Number of rates on these days. */
            rates: number;
            /** @example 2026-11-16 */
            firstDay: string;
            /** @example 2026-11-20 */
            lastDay: string;
        };
        DailyCapDto: {
            /**
             * @description The kind of conversion that counts.
             * @default approved
             * @enum {string}
             */
            goal: "registration" | "ftd" | "approved";
            /** @description Conversions per day. After that, other variants get its visitors. */
            conversions: number;
            /**
             * @description Time zone of the day.
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        VariantDto: {
            /**
             * @description Its share of the visitors is weight / sum of the weights.
             * @default 1
             */
            weight: number;
            /** @description Conversions per day. After that, other variants get its visitors, and `url` of the link when all are full. */
            dailyCap?: components["schemas"]["DailyCapDto"] | null;
            /** @description Default: `A`, `B` and so on. */
            name?: string;
            /** @description Destination template, like the link's own. */
            url: string;
        };
        ConditionDto: {
            /** @enum {string} */
            op: "in" | "notIn";
            /**
             * @description `country, region, city, language, device, os, browser, inApp, query:NAME, sub1` … `sub10`, `referrer, ip, asn, weekday, hour,
             *     date, visitor` or `bot`.
             * @example country
             */
            field: string;
            /**
             * @description `in`: one of them must match. `notIn`: none may match.
             * @example [
             *       "DE",
             *       "AT",
             *       "CH"
             *     ]
             */
            values: string[];
            /**
             * @description For `weekday`, `hour` and `date`. Default: UTC.
             * @example Europe/Berlin
             */
            timezone?: string | null;
        };
        RuleDto: {
            variants?: components["schemas"]["VariantDto"][] | null;
            /** @description Default: `Rule 1` and so on. */
            name?: string;
            /** @description All conditions must match. */
            when: components["schemas"]["ConditionDto"][];
            /** @description Destination of its visitors, unless `variants` is given. */
            url?: string | null;
        };
        RotationDto: {
            /**
             * @description `weighted`: by the configured weights. `optimised`: by the results of the variants.
             * @enum {string}
             */
            mode: "weighted" | "optimised";
            /**
             * @description The goal: the share of clicks with this kind of conversion, or revenue per click (`epc`). Default: `approved`.
             * @default approved
             * @enum {string}
             */
            goal: "registration" | "ftd" | "approved" | "epc";
            /**
             * @description Number of days whose results count. Default: 14.
             * @default 14
             */
            windowDays: number;
            /** @description Share of the visitors that is distributed evenly, whatever the results. Default: 0.1. */
            exploration?: number;
        };
        PreviewRequest: {
            title?: string | null;
            description?: string | null;
            /**
             * @description URL of an image.
             * @example https://brand.example/summer.jpg
             */
            image?: string | null;
        };
        CostRequest: {
            /**
             * @description Exact decimal.
             * @example 0.05
             */
            amount: string;
            /** Format: currency */
            currency: string;
        };
        UtmRequest: {
            /** @example newsletter */
            source?: string | null;
            medium?: string | null;
            campaign?: string | null;
            term?: string | null;
            content?: string | null;
        };
        CreateLinkRequest: {
            /** @description Ordered rules. The first rule whose conditions all match decides. */
            rules?: components["schemas"]["RuleDto"][] | null;
            /** @description Weighted variants for visitors that no rule matches. `url` is used when every variant has reached its cap. */
            variants?: components["schemas"]["VariantDto"][] | null;
            rotation?: components["schemas"]["RotationDto"] | null;
            /** @description Content of the preview page (the short link and `+`), and of link previews in messengers. */
            preview?: components["schemas"]["PreviewRequest"] | null;
            /**
             * @description The `Referrer-Policy` of the redirect: what the destination learns about the previous page of the visitor. `null`: no header is sent, and the browser's default applies.
             * @enum {string|null}
             */
            referrerPolicy?: "no-referrer" | "no-referrer-when-downgrade" | "origin" | "origin-when-cross-origin" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" | "unsafe-url" | null;
            /**
             * @description True: the destination is shown in a frame under the short link's address, without a redirect. Only for http and https.
             * @default false
             */
            cloak: boolean;
            /** @description Cost of one click. A click whose query has `cost=0.012` costs that instead, in this currency unless it names one. */
            cost?: components["schemas"]["CostRequest"] | null;
            /**
             * @description Query parameter that carries the click id. Default: the network's, else `click_id`. `null`: it is not appended.
             * @example click_id
             */
            clickIdParam?: string | null;
            /**
             * @description The visitor's query parameters: `fill` adds them where missing or empty, `override` lets them replace others, `none` drops them.
             * @default fill
             * @enum {string}
             */
            forwardQuery: "fill" | "override" | "none";
            /**
             * @default 302
             * @enum {number}
             */
            redirectStatus: 301 | 302 | 303 | 307 | 308;
            /** @description Campaign parameters that are written into `url`. Each replaces an existing one; `null` removes it. */
            utm?: components["schemas"]["UtmRequest"] | null;
            /**
             * @description Destination template: http(s), macros in `{…}`.
             * @example https://shop.example/lp?source={sub1}
             */
            url: string;
            /** @description A verified domain of the workspace. Default: its first. */
            domain?: string;
            /**
             * @description Default: seven random characters, without characters that look alike.
             * @example summer
             */
            slug?: string;
            /** @description Your id for the link. `ext_<externalId>` works wherever the link's id does. */
            externalId?: string | null;
            title?: string | null;
            tags?: string[];
            notes?: string | null;
            campaign?: string | null;
            /** @description The network that sends postbacks for this link. A new link takes over its click id parameter. */
            networkId?: string | null;
            /** @description Maximum number of human clicks. After that the link redirects to `fallbackUrl`, else answers 410. Bots, prefetches and HEAD requests do not count. `null`: no limit. */
            clickLimit?: number | null;
            /** @description A UTM template whose values are written into `url` now. Values in `utm` take precedence. The id is not stored. */
            utmTemplateId?: string | null;
            /** @description True: the link redirects to `fallbackUrl`; without one it answers like a link that does not exist. */
            paused?: boolean;
            /**
             * @description Before this time the link does not redirect to its destination. A date without a time is the beginning of that day in the workspace's time zone.
             * @example 2026-12-01T00:00:00Z
             */
            startsAt?: string | null;
            /**
             * @description From this time on the link redirects to `expiredUrl`, else `fallbackUrl`, else its domain's `expiredUrl`, else it answers 410. A date without a time is the
             *     end of that day in the workspace's time zone.
             */
            expiresAt?: string | null;
            expiredUrl?: string | null;
            /** @description Destination while the link is paused, not started, used up or expired. */
            fallbackUrl?: string | null;
            /** @description Password that visitors must enter, at least 6 characters. Only a hash is stored. */
            password?: string | null;
            /** @description True: search engines are asked not to list the link. `null`: the setting of its domain applies. */
            noIndex?: boolean | null;
            /** @description True: the link is left out of lists. It still redirects. */
            archived?: boolean;
            /** @description The traffic source of the link. */
            sourceId?: string | null;
        };
        UpdateLinkRequest: {
            /** @description Ordered rules. The first rule whose conditions all match decides. */
            rules?: components["schemas"]["RuleDto"][] | null;
            /** @description Weighted variants for visitors that no rule matches. `url` is used when every variant has reached its cap. */
            variants?: components["schemas"]["VariantDto"][] | null;
            rotation?: components["schemas"]["RotationDto"] | null;
            /** @description Content of the preview page (the short link and `+`), and of link previews in messengers. */
            preview?: components["schemas"]["PreviewRequest"] | null;
            /**
             * @description The `Referrer-Policy` of the redirect: what the destination learns about the previous page of the visitor. `null`: no header is sent, and the browser's default applies.
             * @enum {string|null}
             */
            referrerPolicy?: "no-referrer" | "no-referrer-when-downgrade" | "origin" | "origin-when-cross-origin" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" | "unsafe-url" | null;
            /**
             * @description True: the destination is shown in a frame under the short link's address, without a redirect. Only for http and https.
             * @default false
             */
            cloak: boolean;
            /** @description Cost of one click. A click whose query has `cost=0.012` costs that instead, in this currency unless it names one. */
            cost?: components["schemas"]["CostRequest"] | null;
            /**
             * @description Query parameter that carries the click id. Default: the network's, else `click_id`. `null`: it is not appended.
             * @example click_id
             */
            clickIdParam?: string | null;
            /**
             * @description The visitor's query parameters: `fill` adds them where missing or empty, `override` lets them replace others, `none` drops them.
             * @default fill
             * @enum {string}
             */
            forwardQuery: "fill" | "override" | "none";
            /**
             * @default 302
             * @enum {number}
             */
            redirectStatus: 301 | 302 | 303 | 307 | 308;
            /** @description Campaign parameters that are written into `url`. Each replaces an existing one; `null` removes it. */
            utm?: components["schemas"]["UtmRequest"] | null;
            /**
             * @description Before this time the link does not redirect to its destination. A date without a time is the beginning of that day in the workspace's time zone.
             * @example 2026-12-01T00:00:00Z
             */
            startsAt?: string | null;
            /**
             * @description From this time on the link redirects to `expiredUrl`, else `fallbackUrl`, else its domain's `expiredUrl`, else it answers 410. A date without a time is the
             *     end of that day in the workspace's time zone.
             */
            expiresAt?: string | null;
            expiredUrl?: string | null;
            /** @description Destination while the link is paused, not started, used up or expired. */
            fallbackUrl?: string | null;
            /** @description Password that visitors must enter, at least 6 characters. Only a hash is stored. */
            password?: string | null;
            /** @description True: search engines are asked not to list the link. `null`: the setting of its domain applies. */
            noIndex?: boolean | null;
            /** @description True: the link is left out of lists. It still redirects. */
            archived?: boolean;
            /** @description The traffic source of the link. */
            sourceId?: string | null;
            /**
             * @description Destination template: http(s), macros in `{…}`.
             * @example https://shop.example/lp?source={sub1}
             */
            url?: string;
            /**
             * @description Default: seven random characters, without characters that look alike.
             * @example summer
             */
            slug?: string;
            /** @description Your id for the link. `ext_<externalId>` works wherever the link's id does. */
            externalId?: string | null;
            title?: string | null;
            tags?: string[];
            notes?: string | null;
            campaign?: string | null;
            /** @description The network that sends postbacks for this link. A new link takes over its click id parameter. */
            networkId?: string | null;
            /** @description Maximum number of human clicks. After that the link redirects to `fallbackUrl`, else answers 410. Bots, prefetches and HEAD requests do not count. `null`: no limit. */
            clickLimit?: number | null;
            /** @description A UTM template whose values are written into `url` now. Values in `utm` take precedence. The id is not stored. */
            utmTemplateId?: string | null;
            /** @description True: the link redirects to `fallbackUrl`; without one it answers like a link that does not exist. */
            paused?: boolean;
            /** @description With a new `slug`: true keeps the old one as an address of the link. Default: the old one can be used again. */
            keepOldSlug?: boolean;
        };
        BulkCreateRequest: {
            /** @description Up to 100 links, each as for `POST /api/v1/links`. */
            links: components["schemas"]["CreateLinkRequest"][];
        };
        DailyCapResponse: {
            /** @enum {string} */
            goal: "registration" | "ftd" | "approved" | "epc";
            conversions: number;
            timezone: string;
        };
        VariantResponse: {
            dailyCap: components["schemas"]["DailyCapResponse"] | null;
            name: string;
            url: string;
            weight: number;
        };
        ConditionResponse: {
            /** @enum {string} */
            op: "in" | "notIn";
            field: string;
            values: string[];
            timezone: string | null;
        };
        RuleResponse: {
            variants: components["schemas"]["VariantResponse"][] | null;
            name: string;
            when: components["schemas"]["ConditionResponse"][];
            url: string | null;
        };
        RotationResponse: {
            /** @enum {string} */
            mode: "weighted" | "optimised";
            /** @enum {string} */
            goal: "registration" | "ftd" | "approved" | "epc";
            exploration: number;
            windowDays: number;
        };
        PreviewResponse: {
            title: string | null;
            description: string | null;
            image: string | null;
        };
        SuspendedResponse: {
            reason: string;
            at: string;
        };
        MoneyResponse: {
            /**
             * @description Exact decimal.
             * @example 50.00
             */
            amount: string;
            /**
             * @description ISO 4217, or another code of 2 to 10 letters, as sent.
             * @example EUR
             */
            currency: string;
        };
        LinkWarningResponse: {
            /** @enum {string} */
            code: "mixed_script" | "lookalike" | "literal_click_id" | "fixed_click_id_param" | "duplicate_click_id_param" | "similar_click_id_param" | "foreign_macro" | "marked_click_id" | "html_entity" | "invisible_character" | "malformed_query" | "signed_url" | "nothing_appended" | "telegram_start" | "query_in_fragment" | "already_expired" | "limit_reached" | "rule_over";
            /** @description A suggested value for the field. */
            suggestion?: string;
            /**
             * @description The field of the warning.
             * @example rules.0.url
             */
            path: string;
            /** @description The problem, and the text to write instead. */
            message: string;
        };
        ClickCountsResponse: {
            /** @description All answered redirects. */
            total: number;
            /** @description Clicks of humans. */
            human: number;
            /** @description Clicks of bots, prefetches and HEAD requests. */
            bots: number;
            /** @description Unique visitors per day and link. */
            unique: number;
        };
        LinkStatsResponse: {
            /** @description Payouts of approved conversions, one entry per currency. `null` where money is hidden. */
            payouts: components["schemas"]["MoneyResponse"][] | null;
            /** @description The same in the workspace's currency, without payouts that have no exchange rate. `null` where money is hidden. */
            revenues: components["schemas"]["MoneyResponse"][] | null;
            clicks: components["schemas"]["ClickCountsResponse"];
            registrations: number;
            ftds: number;
            deposits: number;
            /** @description Conversions of any kind and status. */
            conversions: number;
            approved: number;
            pending: number;
            rejected: number;
        };
        LinkResponse: {
            rules: components["schemas"]["RuleResponse"][];
            variants: components["schemas"]["VariantResponse"][];
            rotation: components["schemas"]["RotationResponse"] | null;
            preview: components["schemas"]["PreviewResponse"] | null;
            noIndex: boolean | null;
            /** @enum {string|null} */
            referrerPolicy: "no-referrer" | "no-referrer-when-downgrade" | "origin" | "origin-when-cross-origin" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" | "unsafe-url" | null;
            /** @description Set while the link does not redirect, because its destination is on a blocklist. */
            suspended: components["schemas"]["SuspendedResponse"] | null;
            cost: components["schemas"]["MoneyResponse"] | null;
            /** @enum {string} */
            forwardQuery: "fill" | "override" | "none";
            /** @enum {number} */
            redirectStatus: 301 | 302 | 303 | 307 | 308;
            /** @description Problems of the link that its fields show; see docs/links.md. Warnings do not prevent creating the link. */
            warnings: components["schemas"]["LinkWarningResponse"][];
            /** @example lnk_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            /** @example https://go.brand.com/summer */
            shortUrl: string;
            url: string;
            /** @example go.brand.com */
            domain: string;
            slug: string;
            /** @description Earlier slugs that still lead to the link. */
            formerSlugs: string[];
            externalId: string | null;
            title: string | null;
            tags: string[];
            notes: string | null;
            campaign: string | null;
            clickIdParam: string | null;
            networkId: string | null;
            clickLimit: number | null;
            paused: boolean;
            createdAt: string;
            updatedAt: string;
            stats: components["schemas"]["LinkStatsResponse"];
            startsAt: string | null;
            expiresAt: string | null;
            expiredUrl: string | null;
            fallbackUrl: string | null;
            /** @description True: visitors must enter a password. */
            hasPassword: boolean;
            /** @description True: the destination is shown in a frame under the short link's address. */
            cloak: boolean;
            archived: boolean;
            sourceId: string | null;
        };
        FieldChoiceResponse: {
            /** @example windows-1251 */
            value: string;
            /**
             * @description The text or meaning of the input with this value.
             * @example Депозит
             */
            example: string;
        };
        FieldProblemResponse: {
            /** @description The possible values, when the input is ambiguous and the caller has to choose. */
            choices?: components["schemas"]["FieldChoiceResponse"][];
            /** @example url */
            path: string;
            /** @example unknown_macro */
            code: string;
            message: string;
        };
        BulkErrorResponse: {
            /** @enum {string} */
            code: "bad_request" | "unauthorized" | "forbidden" | "sign_in_again" | "quota_exceeded" | "not_found" | "not_checked" | "method_not_allowed" | "conflict" | "network_deleted" | "not_replayable" | "undo_expired" | "network_changed" | "invalid_transition" | "idempotency_conflict" | "payload_too_large" | "request_timeout" | "headers_too_large" | "unsupported_media_type" | "invalid" | "too_many_requests" | "internal_error" | "unavailable";
            errors?: components["schemas"]["FieldProblemResponse"][];
            title: string;
            detail: string;
        };
        BulkResultResponse: {
            /** @description The link after the change. */
            link?: components["schemas"]["LinkResponse"];
            error?: components["schemas"]["BulkErrorResponse"];
            /** @description 201: created, 200: changed or restored, 204: deleted, else the error's status. */
            status: number;
        };
        BulkResponse: {
            /** @description In the order of the request. */
            results: components["schemas"]["BulkResultResponse"][];
        };
        BulkUpdateRequest: {
            /** @description Ids, or `ext_<externalId>`. */
            ids?: string[];
            externalIds?: string[];
            /** @description The changes for all of `ids` or `externalIds`, as for `PATCH /api/v1/links/{id}`. */
            changes?: {
                [key: string]: unknown;
            } & components["schemas"]["UpdateLinkRequest"];
            /** @description Links with individual changes, `{ "id", … }`; instead of the other fields. */
            items?: ({
                id?: string;
            } & components["schemas"]["UpdateLinkRequest"])[];
        };
        BulkDeleteRequest: {
            /** @description Ids, or `ext_<externalId>`. */
            ids?: string[];
            externalIds?: string[];
        };
        BulkRestoreRequest: {
            /** @description Ids, or `ext_<externalId>`. */
            ids?: string[];
            externalIds?: string[];
        };
        ImportWarningResponse: {
            /** @description Of a warning of the link itself: the field, as in `warnings` of links. */
            path?: string;
            /** @description A value for that field which would be right. */
            suggestion?: string;
            /** @example slug_taken */
            code: string;
            message: string;
        };
        LinkImportRowResponse: {
            /**
             * @description `exists`: it was imported before, or its slug is taken; nothing was done. `skipped`: it is no link that should be imported.
             * @enum {string}
             */
            status: "created" | "updated" | "exists" | "would_create" | "would_update" | "skipped" | "failed";
            /** @description Of the link that was made, changed or is there. */
            linkId: string | null;
            shortUrl: string | null;
            domain: string | null;
            /** @description In a dry run `null` for a random one. */
            slug: string | null;
            /**
             * @description Where the slug is from: the `file`, `renamed` as that of the file was taken, `random`, or the `link` that is there.
             * @enum {string|null}
             */
            slugSource: "file" | "renamed" | "random" | "link" | null;
            /** @description Where the link leads, or would. */
            url: string | null;
            /** @description The errors of the row, by field. */
            problems: components["schemas"]["FieldProblemResponse"][];
            /** @description Warnings about the row: values that were dropped, changed or left out. */
            warnings: components["schemas"]["ImportWarningResponse"][];
            /** @description From 1, without the row of column names. */
            row: number;
            /** @description Where it begins in the file. */
            line: number;
            /** @description Other slugs that lead to it too. */
            formerSlugs: string[];
        };
        LinkImportCounts: {
            created: number;
            updated: number;
            exists: number;
            would_create: number;
            would_update: number;
            skipped: number;
            failed: number;
        };
        LinkImportJobResponse: {
            /**
             * @description `running` also means that it waits for another import of this workspace.
             * @enum {string}
             */
            status: "receiving" | "running" | "done" | "failed" | "cancelled";
            /**
             * @description Null until the file is read.
             * @enum {string|null}
             */
            source: "bitly" | "dub" | "rebrandly" | "shortio" | "kutt" | "yourls" | "shlink" | "csv" | null;
            /** @description Warnings about the file as a whole. */
            warnings: components["schemas"]["ImportWarningResponse"][];
            /** @description The first 20 rows that failed. */
            problems: components["schemas"]["LinkImportRowResponse"][];
            /** @example imp_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            dryRun: boolean;
            /** @description Number of rows in the file. */
            rows: number;
            /** @description Number of rows with a result. */
            done: number;
            counts: components["schemas"]["LinkImportCounts"];
            /** @description Unknown columns. */
            ignoredColumns: string[];
            /** @description Why the import failed. */
            error: string | null;
            createdAt: string;
            updatedAt: string;
        };
        LinkImportJobListResponse: {
            data: components["schemas"]["LinkImportJobResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        LinkImportRowListResponse: {
            data: components["schemas"]["LinkImportRowResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        LinkImportResponse: {
            /** @enum {string} */
            source: "bitly" | "dub" | "rebrandly" | "shortio" | "kutt" | "yourls" | "shlink" | "csv";
            /** @description Warnings about the file as a whole. */
            warnings: components["schemas"]["ImportWarningResponse"][];
            /** @description In the order of the file. */
            results: components["schemas"]["LinkImportRowResponse"][];
            dryRun: boolean;
            counts: components["schemas"]["LinkImportCounts"];
            /** @description Columns that nothing is known about. */
            ignoredColumns: string[];
        };
        LinkListResponse: {
            data: components["schemas"]["LinkResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        LinkCountGroup: {
            /** @description The tag, domain or campaign; `null`: links without one. */
            value: string | null;
            links: number;
        };
        LinkCountResponse: {
            /** @description Groups with most links first, at most 1,000. A link with several tags counts for each. */
            groups?: components["schemas"]["LinkCountGroup"][];
            /** @description Number of all matching links. */
            total: number;
        };
        LinkStatesResponse: {
            /** @description Links that are not archived, as in the list without further filters. */
            all: number;
            /** @description Those of `all` that are neither paused, expired nor suspended. */
            live: number;
            /** @description Those of `all` that are paused. */
            paused: number;
            /** @description Archived links, which are not in `all`. */
            archived: number;
            /** @description Those of `all` whose `expiresAt` has passed. */
            expired: number;
            /** @description Those of `all` that are suspended. */
            suspended: number;
        };
        TagResponse: {
            tag: string;
            links: number;
        };
        TagListResponse: {
            data: components["schemas"]["TagResponse"][];
        };
        UpsertLinkRequest: {
            /** @description Ordered rules. The first rule whose conditions all match decides. */
            rules?: components["schemas"]["RuleDto"][] | null;
            /** @description Weighted variants for visitors that no rule matches. `url` is used when every variant has reached its cap. */
            variants?: components["schemas"]["VariantDto"][] | null;
            rotation?: components["schemas"]["RotationDto"] | null;
            /** @description Content of the preview page (the short link and `+`), and of link previews in messengers. */
            preview?: components["schemas"]["PreviewRequest"] | null;
            /**
             * @description The `Referrer-Policy` of the redirect: what the destination learns about the previous page of the visitor. `null`: no header is sent, and the browser's default applies.
             * @enum {string|null}
             */
            referrerPolicy?: "no-referrer" | "no-referrer-when-downgrade" | "origin" | "origin-when-cross-origin" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" | "unsafe-url" | null;
            /**
             * @description True: the destination is shown in a frame under the short link's address, without a redirect. Only for http and https.
             * @default false
             */
            cloak: boolean;
            /** @description Cost of one click. A click whose query has `cost=0.012` costs that instead, in this currency unless it names one. */
            cost?: components["schemas"]["CostRequest"] | null;
            /**
             * @description Query parameter that carries the click id. Default: the network's, else `click_id`. `null`: it is not appended.
             * @example click_id
             */
            clickIdParam?: string | null;
            /**
             * @description The visitor's query parameters: `fill` adds them where missing or empty, `override` lets them replace others, `none` drops them.
             * @default fill
             * @enum {string}
             */
            forwardQuery: "fill" | "override" | "none";
            /**
             * @default 302
             * @enum {number}
             */
            redirectStatus: 301 | 302 | 303 | 307 | 308;
            /** @description Campaign parameters that are written into `url`. Each replaces an existing one; `null` removes it. */
            utm?: components["schemas"]["UtmRequest"] | null;
            /**
             * @description Destination template: http(s), macros in `{…}`.
             * @example https://shop.example/lp?source={sub1}
             */
            url: string;
            /** @description A verified domain of the workspace. Default: its first. */
            domain?: string;
            /**
             * @description Default: seven random characters, without characters that look alike.
             * @example summer
             */
            slug?: string;
            /** @description Your id for the link. `ext_<externalId>` works wherever the link's id does. */
            externalId?: string | null;
            title?: string | null;
            tags?: string[];
            notes?: string | null;
            campaign?: string | null;
            /** @description The network that sends postbacks for this link. A new link takes over its click id parameter. */
            networkId?: string | null;
            /** @description Maximum number of human clicks. After that the link redirects to `fallbackUrl`, else answers 410. Bots, prefetches and HEAD requests do not count. `null`: no limit. */
            clickLimit?: number | null;
            /** @description A UTM template whose values are written into `url` now. Values in `utm` take precedence. The id is not stored. */
            utmTemplateId?: string | null;
            /** @description True: the link redirects to `fallbackUrl`; without one it answers like a link that does not exist. */
            paused?: boolean;
            /**
             * @description Before this time the link does not redirect to its destination. A date without a time is the beginning of that day in the workspace's time zone.
             * @example 2026-12-01T00:00:00Z
             */
            startsAt?: string | null;
            /**
             * @description From this time on the link redirects to `expiredUrl`, else `fallbackUrl`, else its domain's `expiredUrl`, else it answers 410. A date without a time is the
             *     end of that day in the workspace's time zone.
             */
            expiresAt?: string | null;
            expiredUrl?: string | null;
            /** @description Destination while the link is paused, not started, used up or expired. */
            fallbackUrl?: string | null;
            /** @description Password that visitors must enter, at least 6 characters. Only a hash is stored. */
            password?: string | null;
            /** @description True: search engines are asked not to list the link. `null`: the setting of its domain applies. */
            noIndex?: boolean | null;
            /** @description True: the link is left out of lists. It still redirects. */
            archived?: boolean;
            /** @description The traffic source of the link. */
            sourceId?: string | null;
        };
        LinkHistoryEntryResponse: {
            /** @description The changed fields before the change. `null` for a new object. */
            before: {
                [key: string]: unknown;
            } | null;
            /** @description The same fields after the change. `null` for a deleted object. */
            after: {
                [key: string]: unknown;
            } | null;
            /** @example aud_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            at: string;
            actor: components["schemas"]["ActorResponse"];
            /** @example link.updated */
            action: string;
        };
        LinkHistoryResponse: {
            data: components["schemas"]["LinkHistoryEntryResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        AliasResponse: {
            slug: string;
            shortUrl: string;
        };
        AliasListResponse: {
            data: components["schemas"]["AliasResponse"][];
        };
        VariantNumbersResponse: {
            /** @description Revenue of approved conversions, in the workspace's currency. It is rounded: use reports for accounting. */
            revenue: components["schemas"]["MoneyResponse"];
            /** @description Conversions of today; `null` without a cap. */
            today: number | null;
            name: string;
            url: string;
            weight: number;
            /** @description Human clicks in the window. */
            clicks: number;
            /** @description Conversions in the window that the goal counts. */
            conversions: number;
            /** @description Conversions per click, or revenue per click for the goal `epc`. */
            rate: number;
            /** @description Probability that no other variant is better. */
            probabilityBest: number;
            /** @description Its current share of the visitors, 0 to 1. */
            share: number;
            /** @description True when its cap is reached: other variants get its visitors until midnight. */
            isFull: boolean;
        };
        RotationListResponse: {
            /** @description The rule that has these variants; `null`: the link itself. */
            rule: string | null;
            variants: components["schemas"]["VariantNumbersResponse"][];
        };
        RotationNumbersResponse: {
            lists: components["schemas"]["RotationListResponse"][];
            rotation: components["schemas"]["RotationResponse"];
        };
        QrWithLogoRequest: {
            /**
             * @default svg
             * @enum {string}
             */
            format: "svg" | "png";
            /**
             * @description Width in pixels, at least two for each module. The minimum depends on the content; the error names it.
             * @default 512
             */
            size: number;
            /**
             * @description Width of the empty border in modules. The standard asks for 4.
             * @default 4
             */
            margin: number;
            /**
             * @description Error correction: share of the code that may be lost. L: 7 %, M: 15 %, Q: 25 %, H: 30 %. With a logo always H.
             * @default M
             * @enum {string}
             */
            level: "L" | "M" | "Q" | "H";
            /**
             * @default 000000
             * @example 1b1b1f
             */
            color: string;
            /**
             * @default ffffff
             * @example ffffff
             */
            background: string;
            /**
             * @description Appended to the short link as `?source=`, to distinguish these clicks.
             * @example flyer
             */
            source?: string;
            /** @description A `data:` URL of a PNG or JPEG image in base64, at most 200 KiB and 1024 × 1024 pixels. */
            logo?: string;
        };
        ClickResponse: {
            /**
             * @description Cost of the click: its parameter `cost`, else the link's cost. In the workspace's currency; in that of `costGiven`
             *     while there is no exchange rate.
             */
            cost: components["schemas"]["MoneyResponse"] | null;
            /** @description The cost as it was given, where its currency is not the workspace's. */
            costGiven: components["schemas"]["MoneyResponse"] | null;
            /** @description The click id. */
            id: string;
            linkId: string;
            at: string;
            userAgent: string;
            /** @example de */
            language: string | null;
            referrer: string | null;
            /**
             * @description The referrer's host in lower case, without `www.`. For an Android app, its package name.
             * @example blog.example
             */
            referrerHost: string | null;
            query: {
                name: string;
                value: string;
            }[];
            /**
             * @example {
             *       "sub1": "facebook"
             *     }
             */
            subs: {
                [key: string]: string;
            };
            /**
             * @description Country of the visitor's address, ISO 3166-1 alpha-2. IP geolocation by DB-IP (https://db-ip.com), unless the operator
             *     has set another database. `null` for unknown and private addresses.
             * @example GB
             */
            country: string | null;
            /**
             * @description English name of the largest subdivision of the country.
             * @example England
             */
            region: string | null;
            /** @example London */
            city: string | null;
            /**
             * @description Number of the autonomous system (network) that the visitor's address belongs to.
             * @example 20712
             */
            asn: number | null;
            /**
             * @description `desktop`, `mobile`, `tablet`, `tv`, `console`, `wearable` or `other`.
             * @example mobile
             */
            device: string | null;
            /**
             * @description One of about twenty operating systems, or `other`.
             * @example iOS
             */
            os: string | null;
            /**
             * @description One of about thirty browsers, or `other`. Inside an app it is the web view of the system.
             * @example Safari
             */
            browser: string | null;
            /**
             * @description The app whose built-in browser opened the link.
             * @example Instagram
             */
            inApp: string | null;
            /** @description The rule that decided the destination. `~expired` and `~fallback`: the URL for an expired or closed link was used. */
            rule: string | null;
            /** @description The variant that was chosen. */
            variant: string | null;
            isBot: boolean;
            /** @description Why the click counts as a bot's: `head`, `prefetch`, `no_user_agent`, `user_agent` or `visitor_rule`. */
            botReason: string | null;
            /** @description The visitor rule that decided whether the click is a bot's or a person's. */
            visitorRuleId: string | null;
            /** @description When a conversion showed that this prefetch was a person's. Since then it counts as a person's click. */
            humanSince: string | null;
            /** @description Whether this is the person's first click on the link on that day (UTC). */
            isUnique: boolean;
            /** @description A test click, made to test a network. Neither it nor its conversions are counted. */
            isTest: boolean;
            /** @description The visitor's address: whole for `privacy.ipDays` days, afterwards its network. `null` where it is not kept. */
            ip: string | null;
            /** @description The visitor asked not to be tracked and the workspace honours that. Personal data was not kept. */
            isPrivate: boolean;
            /** @description When the personal data was erased. */
            erasedAt: string | null;
        };
        ClickListResponse: {
            data: components["schemas"]["ClickResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        VisitorMatchDto: {
            /** @description A text that the user agent contains, case-insensitively. */
            userAgent?: string | string[];
            /** @description Number of the autonomous system (network) of the visitor's address. `"AS13335"` is accepted too. */
            asn?: number | number[];
            /** @description The visitor's address, or a CIDR range that contains it. */
            address?: string | string[];
        };
        CreateVisitorRuleRequest: {
            match: components["schemas"]["VisitorMatchDto"];
            /**
             * @description The kind of the matching visits. A rule with `person` has precedence over all rules with `bot`.
             * @enum {string}
             */
            as: "bot" | "person";
            /**
             * @description A name for your own use.
             * @example Our mail scanner
             */
            name?: string | null;
        };
        VisitorRuleResponse: {
            match: components["schemas"]["VisitorMatchDto"];
            /** @enum {string} */
            as: "bot" | "person";
            /** @example vrl_0V4rQ2pK3mXa81Qd7ZsTb */
            id: string;
            name: string | null;
            createdAt: string;
            updatedAt: string;
        };
        VisitorRuleListResponse: {
            data: components["schemas"]["VisitorRuleResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        PreviewVisitorRuleRequest: {
            match: components["schemas"]["VisitorMatchDto"];
            /**
             * @description The kind of the matching visits. A rule with `person` has precedence over all rules with `bot`.
             * @enum {string}
             */
            as: "bot" | "person";
        };
        PreviewLinkResponse: {
            linkId: string;
            /** @description Clicks of the link that the rule matches. */
            clicks: number;
            /** @description How many of these clicks would change from bot to person or from person to bot. */
            wouldChange: number;
        };
        PreviewClickResponse: {
            clickId: string;
            linkId: string;
            at: string;
            userAgent: string;
            asn: number | null;
            ip: string | null;
            isBot: boolean;
            wouldBeBot: boolean;
        };
        PreviewNoticeResponse: {
            /** @example addresses_not_kept */
            code: string;
            text: string;
        };
        VisitorRulePreviewResponse: {
            /** @description The ten links with the most clicks that would change. */
            links: components["schemas"]["PreviewLinkResponse"][];
            /** @description Up to ten matching clicks; those that would change come first. */
            samples: components["schemas"]["PreviewClickResponse"][];
            /** @description The limits of this preview, as texts. */
            notices: components["schemas"]["PreviewNoticeResponse"][];
            /** @description Begin of the period that was checked: 30 days ago, or later when time ran out. */
            from: string;
            to: string;
            /** @description Whether all clicks of the 30 days were checked. The newest clicks are checked first. */
            complete: boolean;
            /** @description Number of clicks that were checked. */
            checked: number;
            /** @description Checked clicks that may or may not match, because the data that the rule needs was not kept. */
            notChecked: number;
            /** @description Clicks that the rule matches. */
            clicks: number;
            /** @description How many of these clicks would change from bot to person or from person to bot. */
            wouldChange: number;
        };
        UpdateVisitorRuleRequest: {
            match?: components["schemas"]["VisitorMatchDto"];
            /**
             * @description The kind of the matching visits. A rule with `person` has precedence over all rules with `bot`.
             * @enum {string}
             */
            as?: "bot" | "person";
            /**
             * @description A name for your own use.
             * @example Our mail scanner
             */
            name?: string | null;
        };
        DraftLinkFields: {
            /** @description Ordered rules. The first rule whose conditions all match decides. */
            rules?: components["schemas"]["RuleDto"][] | null;
            /** @description Weighted variants for visitors that no rule matches. `url` is used when every variant has reached its cap. */
            variants?: components["schemas"]["VariantDto"][] | null;
            rotation?: components["schemas"]["RotationDto"] | null;
            /** @description Content of the preview page (the short link and `+`), and of link previews in messengers. */
            preview?: components["schemas"]["PreviewRequest"] | null;
            /**
             * @description The `Referrer-Policy` of the redirect: what the destination learns about the previous page of the visitor. `null`: no header is sent, and the browser's default applies.
             * @enum {string|null}
             */
            referrerPolicy?: "no-referrer" | "no-referrer-when-downgrade" | "origin" | "origin-when-cross-origin" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" | "unsafe-url" | null;
            /**
             * @description True: the destination is shown in a frame under the short link's address, without a redirect. Only for http and https.
             * @default false
             */
            cloak: boolean;
            /** @description Cost of one click. A click whose query has `cost=0.012` costs that instead, in this currency unless it names one. */
            cost?: components["schemas"]["CostRequest"] | null;
            /**
             * @description Query parameter that carries the click id. Default: the network's, else `click_id`. `null`: it is not appended.
             * @example click_id
             */
            clickIdParam?: string | null;
            /**
             * @description The visitor's query parameters: `fill` adds them where missing or empty, `override` lets them replace others, `none` drops them.
             * @default fill
             * @enum {string}
             */
            forwardQuery: "fill" | "override" | "none";
            /**
             * @default 302
             * @enum {number}
             */
            redirectStatus: 301 | 302 | 303 | 307 | 308;
            /** @description Campaign parameters that are written into `url`. Each replaces an existing one; `null` removes it. */
            utm?: components["schemas"]["UtmRequest"] | null;
            /**
             * @description Before this time the link does not redirect to its destination. A date without a time is the beginning of that day in the workspace's time zone.
             * @example 2026-12-01T00:00:00Z
             */
            startsAt?: string | null;
            /**
             * @description From this time on the link redirects to `expiredUrl`, else `fallbackUrl`, else its domain's `expiredUrl`, else it answers 410. A date without a time is the
             *     end of that day in the workspace's time zone.
             */
            expiresAt?: string | null;
            expiredUrl?: string | null;
            /** @description Destination while the link is paused, not started, used up or expired. */
            fallbackUrl?: string | null;
            /** @description Password that visitors must enter, at least 6 characters. Only a hash is stored. */
            password?: string | null;
            /** @description True: search engines are asked not to list the link. `null`: the setting of its domain applies. */
            noIndex?: boolean | null;
            /** @description True: the link is left out of lists. It still redirects. */
            archived?: boolean;
            /** @description The traffic source of the link. */
            sourceId?: string | null;
            /**
             * @description Destination template: http(s), macros in `{…}`.
             * @example https://shop.example/lp?source={sub1}
             */
            url?: string;
            /** @description A verified domain of the workspace. Default: its first. */
            domain?: string;
            /**
             * @description Default: seven random characters, without characters that look alike.
             * @example summer
             */
            slug?: string;
            /** @description Your id for the link. `ext_<externalId>` works wherever the link's id does. */
            externalId?: string | null;
            title?: string | null;
            tags?: string[];
            notes?: string | null;
            campaign?: string | null;
            /** @description The network that sends postbacks for this link. A new link takes over its click id parameter. */
            networkId?: string | null;
            /** @description Maximum number of human clicks. After that the link redirects to `fallbackUrl`, else answers 410. Bots, prefetches and HEAD requests do not count. `null`: no limit. */
            clickLimit?: number | null;
            /** @description A UTM template whose values are written into `url` now. Values in `utm` take precedence. The id is not stored. */
            utmTemplateId?: string | null;
            /** @description True: the link redirects to `fallbackUrl`; without one it answers like a link that does not exist. */
            paused?: boolean;
            /** @description Only with `linkId`; see `PATCH /api/v1/links/{id}`. */
            keepOldSlug?: boolean;
        };
        DraftVisitor: {
            /**
             * @description Without `userAgent`, a visitor with a device, an operating system or a browser counts as a person.
             * @enum {string}
             */
            device?: "desktop" | "mobile" | "tablet" | "tv" | "console" | "wearable" | "other";
            /** @enum {string} */
            os?: "Windows" | "macOS" | "iOS" | "Android" | "Linux" | "Chrome OS" | "HarmonyOS" | "KaiOS" | "Tizen" | "webOS" | "watchOS" | "Chromecast" | "PlayStation" | "Xbox" | "Nintendo" | "Windows Phone" | "BlackBerry" | "Symbian" | "BSD" | "other";
            /** @enum {string} */
            browser?: "Chrome" | "Safari" | "Edge" | "Firefox" | "Samsung Internet" | "Opera" | "Opera Mini" | "Android WebView" | "iOS WebView" | "Android Browser" | "Brave" | "Vivaldi" | "DuckDuckGo" | "Yandex Browser" | "UC Browser" | "QQ Browser" | "Huawei Browser" | "Mi Browser" | "Vivo Browser" | "HeyTap Browser" | "Naver Whale" | "Coc Coc" | "Quark" | "Baidu" | "Sogou" | "Puffin" | "Amazon Silk" | "Meta Quest Browser" | "Internet Explorer" | "other";
            /** @description `accept-language`, `referer`, `cookie`, `sec-purpose` and `user-agent`. Other headers have no effect. */
            headers?: {
                [key: string]: string;
            };
            /** @description Query parameters of the visit. */
            query?: {
                [key: string]: string;
            };
            /**
             * @description Country code (ISO 3166-1 alpha-2), or `unknown`. Region and city of `ip` then do not count.
             * @example MT
             */
            country?: string;
            /**
             * @description Name of the region, or `unknown`.
             * @example England
             */
            region?: string;
            /**
             * @description Name of the city, or `unknown`.
             * @example London
             */
            city?: string;
            /**
             * @description Preferred language. It replaces the header `accept-language`.
             * @example de-CH
             */
            language?: string;
            /** @example 203.0.113.7 */
            ip?: string;
            userAgent?: string;
            /** @description Time of the visit. Default: now. */
            time?: string;
        };
        DraftPreviewRequest: {
            /** @description The fields of the link so far, as for `POST /api/v1/links`; with `linkId` as for `PATCH /api/v1/links/{id}`. */
            link: {
                [key: string]: unknown;
            } & components["schemas"]["DraftLinkFields"];
            /** @description The visitor of the simulation. Default: a person with a desktop computer. */
            visitor?: components["schemas"]["DraftVisitor"];
            /** @description An existing link, by its id or `ext_<externalId>`. `link` then has its changes. */
            linkId?: string;
        };
        SimulatedVisitor: {
            country: string | null;
            region: string | null;
            city: string | null;
            asn: number | null;
            device: string;
            os: string | null;
            browser: string | null;
            inApp: string | null;
            language: string | null;
            referrer: string | null;
            /** @enum {string} */
            visitor: "new" | "returning";
            bot: boolean;
        };
        SimulateResponse: {
            /** @description The destination, with an example click id. For a cloaked link, the URL in the frame. `null` when there is none. */
            location: string | null;
            /** @description The rule that decided. `~expired` and `~fallback`: the URL for an expired or closed link was used. */
            rule: string | null;
            variant: string | null;
            /**
             * @description The reason why the visit is not redirected: `suspended`, `not_begun`, `expired` or `used_up`. `not_found`: `path` does not
             *     belong to this link. `too_long`: the destination of this visit would have more than 7,168 characters.
             */
            stop: string | null;
            /** @description Each step of the decision, in order. */
            why: string[];
            /** @description The facts about the visitor. */
            visitor: components["schemas"]["SimulatedVisitor"];
        };
        DestinationPartResponse: {
            /**
             * @description `fixed`: as in the destination. `clickId`: it carries the click id. `sub`, `macro`: filled by macros. `forwarded`: from the
             *     visitor's own query. `appended`: the click id, in a parameter that the destination does not have.
             * @enum {string}
             */
            kind: "fixed" | "clickId" | "sub" | "macro" | "forwarded" | "appended";
            /** @description The name of the parameter. `null` for the address before the query, and for the fragment. */
            name: string | null;
            /** @description The text in the location, with its `?`, `&` or `#`. The texts of all parts together are the location. */
            text: string;
            /** @description The value, decoded. */
            value: string;
            /**
             * @description The names of its macros.
             * @example [
             *       "sub1"
             *     ]
             */
            macros: string[];
            /** @description Whether its macros give this visitor no value at all. */
            isEmpty: boolean;
            /**
             * @description The origin of the value.
             * @example empty: this visitor brings no sub2
             */
            note: string;
        };
        DraftSlugResponse: {
            /** @description Whether no other link on the domain has it. `null` without a valid domain. */
            free: boolean | null;
            /**
             * @description A free slug to use instead of one that is taken.
             * @example summer-push-2
             */
            suggestion: string | null;
            /** @description The slug of the draft. Without one, an example of a random slug; the link gets another one. */
            value: string;
        };
        DraftPreviewResponse: {
            /** @description `null` without a valid domain. */
            shortUrl: string | null;
            /** @description The parameter of the click id: that of the draft, else of its network, else `click_id`. `null`: it is not appended. */
            clickIdParam: string | null;
            /** @description All problems for which the link would be refused. */
            problems: components["schemas"]["FieldProblemResponse"][];
            warnings: components["schemas"]["LinkWarningResponse"][];
            /** @description The visit, without the fields that have problems. `null` while the destination or the domain is not valid. */
            simulation: components["schemas"]["SimulateResponse"] | null;
            /** @description The location of the simulation in parts. Empty without a location. */
            parts: components["schemas"]["DestinationPartResponse"][];
            slug: components["schemas"]["DraftSlugResponse"];
        };
        SimulateRequest: {
            /**
             * @description Without `userAgent`, a visitor with a device, an operating system or a browser counts as a person.
             * @enum {string}
             */
            device?: "desktop" | "mobile" | "tablet" | "tv" | "console" | "wearable" | "other";
            /** @enum {string} */
            os?: "Windows" | "macOS" | "iOS" | "Android" | "Linux" | "Chrome OS" | "HarmonyOS" | "KaiOS" | "Tizen" | "webOS" | "watchOS" | "Chromecast" | "PlayStation" | "Xbox" | "Nintendo" | "Windows Phone" | "BlackBerry" | "Symbian" | "BSD" | "other";
            /** @enum {string} */
            browser?: "Chrome" | "Safari" | "Edge" | "Firefox" | "Samsung Internet" | "Opera" | "Opera Mini" | "Android WebView" | "iOS WebView" | "Android Browser" | "Brave" | "Vivaldi" | "DuckDuckGo" | "Yandex Browser" | "UC Browser" | "QQ Browser" | "Huawei Browser" | "Mi Browser" | "Vivo Browser" | "HeyTap Browser" | "Naver Whale" | "Coc Coc" | "Quark" | "Baidu" | "Sogou" | "Puffin" | "Amazon Silk" | "Meta Quest Browser" | "Internet Explorer" | "other";
            /** @description `accept-language`, `referer`, `cookie`, `sec-purpose` and `user-agent`. Other headers have no effect. */
            headers?: {
                [key: string]: string;
            };
            /** @description Query parameters of the visit. */
            query?: {
                [key: string]: string;
            };
            /** @example 203.0.113.7 */
            ip?: string;
            userAgent?: string;
            /**
             * @description Path and query of the visit, as sent. Slips and bytes that are not UTF-8 are read as in a real visit. Default: the link's own
             *     path. Parameters of `query` are added.
             * @example /summer).?sub1=%CF%F0
             */
            path?: string;
            /** @description Time of the visit. Default: now. */
            time?: string;
            /**
             * @description Country code (ISO 3166-1 alpha-2), or `unknown`. Region and city of `ip` then do not count.
             * @example MT
             */
            country?: string;
            /**
             * @description Name of the region, or `unknown`.
             * @example England
             */
            region?: string;
            /**
             * @description Name of the city, or `unknown`.
             * @example London
             */
            city?: string;
            /**
             * @description Preferred language. It replaces the header `accept-language`.
             * @example de-CH
             */
            language?: string;
        };
        CheckHopResponse: {
            /** @description The query parameters of this URL. */
            params: {
                [key: string]: string;
            };
            url: string;
            /** @description 0 when there was no answer. */
            status: number;
            /** @description Time until the answer, in milliseconds. */
            ms: number;
        };
        CheckProblemResponse: {
            /** @enum {string} */
            code: "click_id_lost" | "click_id_changed" | "param_lost" | "double_encoded" | "insecure" | "insecure_frame" | "not_frameable" | "loop" | "too_many_hops" | "http_error" | "tls_error" | "dns_error" | "timeout" | "connect_error" | "blocked" | "no_destination" | "appended_refused" | "not_a_page";
            param?: string;
            /** @description Index in `hops`, from 0. */
            hop: number;
            message: string;
        };
        WithoutAppendedResponse: {
            /** @description The destination without the click id and the visitor's parameters that the link appends. */
            url: string;
            /** @description 0 when there was no answer. */
            status: number;
            /** @description Whether the status was below 400. */
            ok: boolean;
        };
        CheckResponse: {
            hops: components["schemas"]["CheckHopResponse"][];
            problems: components["schemas"]["CheckProblemResponse"][];
            /**
             * @description The answer to the first URL without appended parameters. `null` unless the destination is signed or refuses the visit. If
             *     only this request succeeds, `problems` has `appended_refused`.
             */
            withoutAppended: components["schemas"]["WithoutAppendedResponse"] | null;
            /** @description When the check ended. */
            checkedAt: string;
            ok: boolean;
        };
        ImportNoticeResponse: {
            /** @example line_skipped */
            code: string;
            text: string;
        };
        ConversionWarningResponse: {
            /** @example line_skipped */
            code: string;
            text: string;
            rows: number;
        };
        ImportSuggestionResponse: {
            mapping: components["schemas"]["NetworkMappingResponse"];
        };
        ImportCountsResponse: {
            accepted: number;
            updated: number;
            duplicate: number;
            rejected: number;
        };
        ImportColumnResponse: {
            /**
             * @description Null: the column is not read.
             * @enum {string|null}
             */
            field: "click_id" | "event" | "status" | "payout" | "currency" | "txid" | "player_id" | "time" | "sub1" | "sub2" | "sub3" | "sub4" | "sub5" | "sub6" | "sub7" | "sub8" | "sub9" | "sub10" | "link_id" | "network_id" | "note" | null;
            /** @description From 1. */
            position: number;
            name: string;
        };
        ImportRowResponse: {
            /** @enum {string} */
            verdict: "accepted" | "updated" | "duplicate" | "rejected";
            /** @enum {string|null} */
            reason: "missing_click_id" | "unfilled_macro" | "malformed_click_id" | "unmapped_event" | "unmapped_status" | "invalid_amount" | "invalid_currency" | "invalid_txid" | "missing_txid" | "forged_click_id" | "unknown_click" | "unknown_transaction" | "ambiguous_transaction" | "unknown_link" | "unknown_network" | "test_click_id" | "ignored_status" | "invalid_time" | "missing_time" | "too_long" | "too_many_cells" | null;
            /** @description From 1, the header row not counted. */
            row: number;
            /** @description Where it begins in the file, from 1. */
            line: number;
            /** @description The action that helps. */
            hint: string | null;
            /** @description Null for what was rejected, and for what a dry run would make. */
            conversionId: string | null;
        };
        ImportResponse: {
            /**
             * @description `running` is also what waits for another import of this workspace to end.
             * @enum {string}
             */
            status: "receiving" | "running" | "done" | "failed" | "cancelled";
            /** @description Lines of the file that are not rows and were skipped: titles, column names that come again. */
            notices: components["schemas"]["ImportNoticeResponse"][];
            /** @description Values of accepted rows that were dropped, guessed or left open: each kind with its first text and the number of rows. */
            warnings: components["schemas"]["ConversionWarningResponse"][];
            /** @description The fields for a PATCH of its network by which more of the file could be read; null without a network. */
            suggestion: components["schemas"]["ImportSuggestionResponse"] | null;
            /** @example imp_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            dryRun: boolean;
            networkId: string | null;
            /** @description How many rows the file has. */
            rows: number;
            /** @description How many of them have their verdict. */
            done: number;
            counts: components["schemas"]["ImportCountsResponse"];
            /** @description Columns that nothing is known about. */
            ignoredColumns: string[];
            /** @description The field that each column is read as, with the `mapping` of the request; empty while the file comes. */
            columns: components["schemas"]["ImportColumnResponse"][];
            /** @description The first 20 rows that were rejected. */
            problems: components["schemas"]["ImportRowResponse"][];
            /** @description Why it failed. */
            error: string | null;
            createdAt: string;
            updatedAt: string;
        };
        PreviewColumnResponse: {
            /** @description Up to three different values, cut to 100 characters. */
            samples: string[];
            /**
             * @description The field that an import without a `mapping` would read the column as; for `click_ids`, one with it.
             * @enum {string|null}
             */
            suggestedField: "click_id" | "event" | "status" | "payout" | "currency" | "txid" | "player_id" | "time" | "sub1" | "sub2" | "sub3" | "sub4" | "sub5" | "sub6" | "sub7" | "sub8" | "sub9" | "sub10" | "link_id" | "network_id" | "note" | null;
            /**
             * @description `network_mapping`: the mapping of the network has its name. `known_name`: the common vocabulary has it. `click_ids`: its
             *     values are click ids. `other_column`: another column is read as the same field. `unknown_name`: nothing is known.
             * @enum {string}
             */
            reason: "network_mapping" | "known_name" | "click_ids" | "other_column" | "unknown_name";
            /** @description From 1. `#3` in the `mapping` of an import is the third column. */
            position: number;
            name: string;
        };
        ImportPreviewResponse: {
            /** @example ; */
            delimiter: string;
            /** @example utf-8 */
            charset: string;
            /** @description The line with the names of the columns, from 1. */
            headerLine: number;
            columns: components["schemas"]["PreviewColumnResponse"][];
            /** @description Rows in the part that was read. */
            rowsSeen: number;
            /** @description False when only the first 65,536 bytes were read. */
            isWhole: boolean;
        };
        ImportListResponse: {
            data: components["schemas"]["ImportResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        ImportRowListResponse: {
            data: components["schemas"]["ImportRowResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        HistoryEntryResponse: {
            /** @enum {string} */
            status: "pending" | "approved" | "rejected";
            payout: components["schemas"]["MoneyResponse"] | null;
            /**
             * @description Source of the change: `postback` (the network), `pixel` (a page), `manual` or `import` (a person).
             * @enum {string}
             */
            origin: "postback" | "pixel" | "manual" | "import";
            at: string;
            networkStatus: string | null;
            /** @description Id of the request that made the change; null when a person made it. */
            postbackId: string | null;
            /** @description The API key or the import that made the change; null for postbacks and pixels. */
            by: string | null;
            note: string | null;
        };
        ConversionResponse: {
            /** @enum {string} */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected";
            /** @description In the currency that the network reported. Partial refunds are subtracted. */
            payout: components["schemas"]["MoneyResponse"] | null;
            /** @description Refunded part of the payout; the whole payout when refunds have rejected the conversion. */
            refunded: components["schemas"]["MoneyResponse"] | null;
            /** @description The payout in the workspace's currency, at the exchange rate of its day; null without a rate. */
            revenue: components["schemas"]["MoneyResponse"] | null;
            /**
             * @description `rate_missing`: there is no exchange rate for its day. `before_click`: its time is before the click.
             *     `pixel_only`: only a page has reported it so far. `txid_reused`: another click has the same transaction id.
             *     `other_network`: a network other than the link's reported it.
             */
            flags: ("rate_missing" | "before_click" | "pixel_only" | "txid_reused" | "other_network")[];
            /** @example cnv_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            /** @description True for the first deposit of a player or click: the explicit `ftd`, else the earliest approved `deposit`. */
            isFtd: boolean;
            /** @description The network's own word for the status. */
            networkStatus: string | null;
            /** @description Null for revenue of the link as a whole. */
            clickId: string | null;
            linkId: string;
            networkId: string | null;
            txid: string | null;
            /** @description The network's id of the player, if the network sends one. */
            playerId: string | null;
            clickedAt: string | null;
            convertedAt: string;
            /** @description The click's sub ids. */
            subs: {
                [key: string]: string;
            };
            /** @description Country of the click, ISO 3166-1 alpha-2. Null when it is unknown or the click is not stored yet. */
            country: string | null;
            device: string | null;
            os: string | null;
            browser: string | null;
            history: components["schemas"]["HistoryEntryResponse"][];
        };
        ConversionListResponse: {
            data: components["schemas"]["ConversionResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        StatusTotalsResponse: {
            /** @description Sums of the payouts by the currency that networks reported. Where money is hidden, `null`. */
            payouts: components["schemas"]["MoneyResponse"][] | null;
            /** @description Sum of the revenue in the workspace's currency. Where money is hidden, `null`. */
            revenue: components["schemas"]["MoneyResponse"] | null;
            count: number;
        };
        TotalsByStatusResponse: {
            pending: components["schemas"]["StatusTotalsResponse"];
            approved: components["schemas"]["StatusTotalsResponse"];
            rejected: components["schemas"]["StatusTotalsResponse"];
        };
        EventTypeCountResponse: {
            /** @enum {string} */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            count: number;
        };
        ConversionTotalsResponse: {
            count: number;
            byStatus: components["schemas"]["TotalsByStatusResponse"];
            /** @description Event types that occur, in the order of the vocabulary. */
            byEventType: components["schemas"]["EventTypeCountResponse"][];
            /** @description First deposits that are not rejected. */
            ftds: number;
            /** @description Conversions with at least one flag. */
            flagged: number;
            /** @description Conversions whose payout has no revenue in the workspace's currency. */
            withoutRevenue: number;
            /** @description False when more than 100,000 conversions match: the totals are those of the newest 100,000. */
            isComplete: boolean;
        };
        MoneyRequest: {
            /**
             * @description Exact decimal.
             * @example 50.00
             */
            amount: string;
            /**
             * @description ISO 4217, or another code of 2 to 10 capital letters. Its revenue then needs an exchange rate of the workspace.
             * @example EUR
             */
            currency: string;
        };
        CreateConversionRequest: {
            /** @enum {string} */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            /**
             * @description Default: `approved`.
             * @enum {string}
             */
            status?: "pending" | "approved" | "rejected";
            /** @description The click that it belongs to. May be absent only for a `revshare` that names its link instead. */
            clickId?: string;
            /** @description For `revshare` that is the link's as a whole. */
            linkId?: string;
            /** @description Negative only for `revshare`. */
            payout?: components["schemas"]["MoneyRequest"];
            /** @description Tells it apart from other conversions of the same click and event type. */
            txid?: string;
            /** @description The network that it came from; it is then the same as what that network posts back. */
            networkId?: string;
            /** @description The network's name for the player. */
            playerId?: string;
            /** @description Not in the future. Default: now. */
            convertedAt?: string;
            /** @description Kept in the history. */
            note?: string;
        };
        UpdateConversionRequest: {
            /**
             * @description An approved or rejected conversion does not become `pending` again.
             * @enum {string}
             */
            status?: "pending" | "approved" | "rejected";
            /** @description Negative only for `revshare`. */
            payout?: components["schemas"]["MoneyRequest"];
            /** @description Why; kept in the history. */
            note?: string;
        };
        UndoConversionRequest: {
            /** @description Why; kept in the history. */
            note?: string;
        };
        PostbackAnswer: {
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
            /** @description The reason of a rejection. */
            reason?: string;
            conversionId?: string;
            postbackId: string;
        };
        PostbackSummaryResponse: {
            /**
             * @description The event type of its conversion.
             * @enum {string|null}
             */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal" | null;
            /**
             * @description The status of its conversion after this request; null if it changed nothing.
             * @enum {string|null}
             */
            status: "pending" | "approved" | "rejected" | null;
            /**
             * @description The status before; null for a new conversion.
             * @enum {string|null}
             */
            statusBefore: "pending" | "approved" | "rejected" | null;
            /** @description The payout of its conversion after this request. */
            payout: components["schemas"]["MoneyResponse"] | null;
            /** @description The network's word for the event, as sent. */
            eventWord: string | null;
            /** @description The network's word for the status, as sent. */
            statusWord: string | null;
            /** @description The amount as sent. */
            payoutSent: string | null;
            /** @description The currency as sent. */
            currencySent: string | null;
        };
        PostbackParameterResponse: {
            /**
             * @description `taken`: the value of `as`. `unfilled`: a macro that the sender did not fill in. `no_value`: a word such as `null`. `ignored`: not read.
             * @enum {string}
             */
            state: "taken" | "ignored" | "unfilled" | "no_value" | "empty";
            /**
             * @description The canonical name that it was read as.
             * @enum {string|null}
             */
            as: "click_id" | "event" | "status" | "payout" | "currency" | "txid" | "player_id" | "time" | "sub1" | "sub2" | "sub3" | "sub4" | "sub5" | "sub6" | "sub7" | "sub8" | "sub9" | "sub10" | null;
            /**
             * @description The part of the request in which it came; null if the logged text no longer has it.
             * @enum {string|null}
             */
            source: "query" | "body" | null;
            /**
             * @description The use of the parameter, for its colour. `unmappedClickId`: one of your click ids in a parameter that nothing reads.
             * @enum {string}
             */
            kind: "clickId" | "event" | "status" | "money" | "transaction" | "sub" | "time" | "player" | "ignored" | "unfilledMacro" | "unmappedClickId" | "secret";
            name: string;
            /** @description The decoded value as sent; secrets are masked. */
            value: string;
            /**
             * @description The meaning in words. Words of the network are translated by its current mapping.
             * @example event: ftd
             */
            meaning: string;
        };
        PostbackAttemptResponse: {
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
            at: string;
            reason: string | null;
            conversionId: string | null;
        };
        PostbackResponse: {
            /**
             * @description `postback`: sent by the network. `pixel`: sent by a web page.
             * @enum {string}
             */
            origin: "postback" | "pixel";
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
            /** @example pbk_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            networkId: string;
            receivedAt: string;
            method: string;
            path: string;
            /** @description The query as sent; secrets are masked. */
            query: string;
            /** @description The body as sent; secrets are masked. */
            body: string;
            headers: {
                [key: string]: string;
            };
            ip: string;
            /**
             * @description The request in one sentence; names and values of it are in backticks.
             * @example Your click id came, but in `tid`.
             */
            headline: string;
            summary: components["schemas"]["PostbackSummaryResponse"];
            /** @description How each parameter was read, in the order in which they were sent; those of the body come first. */
            parameters: components["schemas"]["PostbackParameterResponse"][];
            reason: string | null;
            /** @description The problem, and how to solve it. */
            hint: string | null;
            clickId: string | null;
            linkId: string | null;
            conversionId: string | null;
            /** @description Until this time it is reprocessed automatically; null: it is not. */
            waitsUntil: string | null;
            /** @description The latest runs after the first, oldest first. */
            attempts: components["schemas"]["PostbackAttemptResponse"][];
        };
        PostbackListResponse: {
            data: components["schemas"]["PostbackResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        VerdictCountsResponse: {
            accepted: number;
            updated: number;
            duplicate: number;
            ignored: number;
            test: number;
            rejected: number;
        };
        PostbackCountsResponse: {
            total: number;
            verdicts: components["schemas"]["VerdictCountsResponse"];
            /** @description Those that are reprocessed automatically, at most 100,000. */
            waiting: number;
            /** @description False: only the newest 100,000 requests were read. With `q`, these are the newest ones that match the other filters. */
            complete: boolean;
        };
        DerivedAnswerResponse: {
            /** @description Null if it cannot be derived; `note` has the reason. */
            status: number | null;
            body: string | null;
            note: string;
        };
        SuggestionResponse: {
            mapping: components["schemas"]["NetworkMappingResponse"];
        };
        PostbackDetailResponse: {
            /**
             * @description `postback`: sent by the network. `pixel`: sent by a web page.
             * @enum {string}
             */
            origin: "postback" | "pixel";
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
            answer: components["schemas"]["DerivedAnswerResponse"];
            /** @description The body of a PATCH of the network with which the request can be read; null if none can be derived. */
            suggestion: components["schemas"]["SuggestionResponse"] | null;
            /** @example pbk_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            networkId: string;
            receivedAt: string;
            method: string;
            path: string;
            /** @description The query as sent; secrets are masked. */
            query: string;
            /** @description The body as sent; secrets are masked. */
            body: string;
            headers: {
                [key: string]: string;
            };
            ip: string;
            /**
             * @description The request in one sentence; names and values of it are in backticks.
             * @example Your click id came, but in `tid`.
             */
            headline: string;
            summary: components["schemas"]["PostbackSummaryResponse"];
            /** @description How each parameter was read, in the order in which they were sent; those of the body come first. */
            parameters: components["schemas"]["PostbackParameterResponse"][];
            reason: string | null;
            /** @description The problem, and how to solve it. */
            hint: string | null;
            clickId: string | null;
            linkId: string | null;
            conversionId: string | null;
            /** @description Until this time it is reprocessed automatically; null: it is not. */
            waitsUntil: string | null;
            /** @description The latest runs after the first, oldest first. */
            attempts: components["schemas"]["PostbackAttemptResponse"][];
        };
        PostbackOutcomeResponse: {
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
            postbackId: string;
            reason: string | null;
            hint: string | null;
            conversionId: string | null;
        };
        AcceptPostbackRequest: {
            /** @description The amount, for a request whose amount or currency could not be read. */
            payout?: components["schemas"]["MoneyRequest"];
            /** @description The reason, for the conversion's history. */
            note?: string | null;
        };
        BulkReplayFilter: {
            /** @enum {string} */
            verdict?: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
            /** @enum {string} */
            origin?: "postback" | "pixel";
            networkId?: string;
            reason?: string;
            clickId?: string;
            linkId?: string;
            conversionId?: string;
            /** @description Received at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
            from?: string;
            /** @description Received before this time. A date without a time includes that day, in the workspace's time zone. */
            to?: string;
            /** @description Text contained in query, body, hint or click id, regardless of case: a transaction id, for example. */
            q?: string;
            /** @description Only requests that are reprocessed automatically. */
            waiting?: boolean;
        };
        CreateBulkReplayRequest: {
            /** @description Only count the verdicts; nothing is stored. Default: false. */
            dryRun?: boolean;
            /** @description The filters of the list of requests. They may find at most 100,000 requests. `{}`: all requests. */
            filter: components["schemas"]["BulkReplayFilter"];
        };
        BulkReplayResponse: {
            /** @enum {string} */
            state: "running" | "done" | "cancelled";
            /**
             * @description Verdict → number of requests with it in this run. `skipped`: requests that cannot be run again.
             * @example {
             *       "accepted": 14,
             *       "duplicate": 2,
             *       "rejected": 1
             *     }
             */
            counts: {
                [key: string]: number;
            };
            /** @example rpl_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            dryRun: boolean;
            filter: components["schemas"]["BulkReplayFilter"];
            /** @description Number of requests to run. */
            total: number;
            done: number;
            createdAt: string;
            updatedAt: string;
        };
        TestNetworkRequest: {
            /**
             * @description Default: `ftd`.
             * @enum {string}
             */
            event?: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            /**
             * @description Default: `approved`.
             * @enum {string}
             */
            status?: "pending" | "approved" | "rejected";
            /** @example 50.00 */
            payout?: string;
            /**
             * Format: currency
             * @example EUR
             */
            currency?: string;
            /** @description The link of the test click. Default: the newest link of this network, else the newest link. */
            linkId?: string;
        };
        ReadEventResponse: {
            /** @enum {string} */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected";
            payout: components["schemas"]["MoneyResponse"] | null;
            /** @description The event takes back the money with this transaction id. */
            isChargeback: boolean;
            /** @description The network's own word for the status. */
            networkStatus: string | null;
            txid: string | null;
            playerId: string | null;
            /** @description The time of the event by the request; null: the time of arrival counts. */
            time: string | null;
        };
        TestStepResponse: {
            /** @description `link`, `click`, `redirect`, `request`, `request_locally`, `answer`, `reading`, `verdict`, in this order. */
            name: string;
            ok: boolean;
            detail: string;
            ms: number;
        };
        TestNetworkResponse: {
            /** @enum {string|null} */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected" | null;
            /** @description The event that a real postback with these values would report. */
            wouldBe: components["schemas"]["ReadEventResponse"] | null;
            /** @description True if every step succeeded. */
            ok: boolean;
            steps: components["schemas"]["TestStepResponse"][];
            clickId: string | null;
            postbackId: string | null;
            reason: string | null;
            hint: string | null;
        };
        PreviewPostbackRequest: {
            /** @enum {string} */
            method?: "GET" | "POST";
            /** @description A complete postback URL, for example from a network's log. */
            url?: string;
            /** @description The part of the URL after the `?`; instead of `url`. */
            query?: string;
            body?: string;
            /** @example application/json */
            contentType?: string;
            /** @description A draft: the request is read with it in place of the network's mapping. Default: the network's mapping. */
            mapping?: components["schemas"]["MappingRequest"];
        };
        WouldBeResponse: {
            /** @enum {string} */
            verdict: "accepted" | "updated" | "duplicate";
            /** @description The conversion that the request would change or repeat; null for a new one. */
            conversionId: string | null;
        };
        PreviewProblemResponse: {
            /** @description `no_key`, `other_network`, `unknown_key`. */
            code: string;
            message: string;
        };
        PreviewPostbackResponse: {
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
            /** @description The event, as far as it could be read. */
            event: components["schemas"]["ReadEventResponse"] | null;
            wouldBe: components["schemas"]["WouldBeResponse"] | null;
            /** @description The body of a PATCH of the network with which the request can be read; null if none can be derived. */
            suggestion: components["schemas"]["SuggestionResponse"] | null;
            /**
             * @description The request in one sentence; names and values of it are in backticks.
             * @example Your click id came, but in `tid`.
             */
            headline: string;
            parameters: components["schemas"]["PostbackParameterResponse"][];
            reason: string | null;
            hint: string | null;
            clickId: string | null;
            linkId: string | null;
            /** @description Problems of the pasted URL itself. */
            problems: components["schemas"]["PreviewProblemResponse"][];
        };
        MappingChangeRequest: {
            /**
             * @description Id of a preset (`GET /api/v1/network-presets`), with the known parameter names and words of the network. `null`: none.
             * @example keitaro
             */
            preset?: string | null;
            /**
             * @description Whether another `deposit`, `sale` or `rebill` of a click counts if it has no transaction id. Default: `ignore`.
             * @example {
             *       "deposit": "count"
             *     }
             */
            repeats?: {
                [key: string]: string;
            };
            /**
             * @description Scope in which a transaction id is unique. `click` (default): the same id with another click is another conversion.
             *     `network`: the same id is the same conversion, whatever click id comes with it.
             * @enum {string}
             */
            transactions?: "click" | "network";
            /**
             * @description Event type → attribution window in days after the click. Without an entry there is no limit.
             * @example {
             *       "registration": 30,
             *       "ftd": 30
             *     }
             */
            windows?: {
                [key: string]: number;
            };
            mapping?: components["schemas"]["MappingRequest"];
            defaults?: components["schemas"]["DefaultsRequest"];
            /**
             * Format: currency
             * @description Currency of amounts without one; short for `defaults.currency`. Default: USD.
             */
            currency?: string;
        };
        EventEffectResponse: {
            /** @enum {string} */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            /** @description Conversions that would be created or changed, each once. */
            count: number;
            /** @description Conversions of them that would be new. */
            created: number;
            /** @description Conversions of them by their status afterwards. */
            approved: number;
            pending: number;
            rejected: number;
        };
        MoneyEffectResponse: {
            /** @example EUR */
            currency: string;
            /** @example 465.00 */
            approved: string;
            /** @example 775.00 */
            pending: string;
            /** @example 0.00 */
            rejected: string;
        };
        StaysRejectedResponse: {
            reason: string;
            hint: string | null;
            count: number;
        };
        MappingChangePreviewResponse: {
            /** @description The conversions that would be created or changed, most first. */
            events: components["schemas"]["EventEffectResponse"][];
            money: components["schemas"]["MoneyEffectResponse"][];
            /** @description Reasons of those that would stay rejected, most frequent first, at most 20. */
            staysRejected: components["schemas"]["StaysRejectedResponse"][];
            /** @description Waiting postbacks that were read. */
            waiting: number;
            /** @description Those that would create or change a conversion: `accepted` or `updated`. */
            wouldCount: number;
            /** @description Those that would stay rejected. They wait on. */
            wouldStay: number;
            /** @description All of them by the verdict that they would get, in the order of arrival. */
            verdicts: components["schemas"]["VerdictCountsResponse"];
            /** @description Number of links with such conversions. */
            links: number;
            /** @description Ids of the first 100 postbacks that would count, oldest first. */
            postbackIds: string[];
            /** @description False: only the 2,000 oldest waiting postbacks were read. */
            complete: boolean;
        };
        RerunResponse: {
            /**
             * @description Verdict → number of postbacks with it in this run.
             * @example {
             *       "accepted": 47,
             *       "rejected": 2
             *     }
             */
            counts: {
                [key: string]: number;
            };
            /** @description Waiting postbacks to run again; 0 until the run begins. */
            total: number;
            done: number;
        };
        MappingChangeResponse: {
            /**
             * @description `undoable`, then `running` until the waiting postbacks were run again, then `done`; or `undone`.
             * @enum {string}
             */
            state: "undoable" | "running" | "done" | "undone";
            /** @example mch_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            networkId: string;
            /** @description Until then the change can be undone, and the waiting postbacks are not run again. */
            undoUntil: string;
            rerun: components["schemas"]["RerunResponse"];
            createdAt: string;
        };
        TrackRequest: {
            /**
             * @description The network's `pixelKey`. The key of its postback URL is refused with the reason `secret_key`.
             * @example 4tXq0Lr8sVb2Nc6Dw9Zk1Yp3
             */
            key: string;
            /** @description The click id that the landing page received. */
            clickId: string;
            /**
             * @description An event type, or the network's word for one.
             * @example registration
             */
            event: string;
            /**
             * @description An amount, as text or number; it may contain the currency.
             * @example 50.00
             */
            payout?: string;
            /**
             * @description Default: the network's.
             * @example EUR
             */
            currency?: string;
            /** @description The page's id of the transaction. Repeats of the same id count once. */
            txid?: string;
            /** @description The page's id of the player or customer. */
            playerId?: string;
        };
        ClickStoryEntryResponse: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "click";
            at: string;
            clickId: string;
            linkId: string;
            /** @description False: the click is not stored yet, or was deleted. Its time is that in the click id. */
            isStored: boolean;
            /** @description When the personal data of the click was erased. */
            erasedAt: string | null;
            isBot: boolean | null;
            /** @description Why the click counted as a bot's when it was stored. */
            botReason: string | null;
            /** @description Whether it is the person's first click on the link on that day (UTC). */
            isUnique: boolean | null;
            subs: {
                [key: string]: string;
            };
        };
        RedirectStoryEntryResponse: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "redirect";
            at: string;
            linkId: string;
            /** @description False: the click is not stored yet, or was deleted. The other fields are then those that the conversion has kept. */
            isStored: boolean;
            /** @description The rule that decided; null: none did, or it is not known. `~expired` and `~fallback`: the URL for a closed link was used. */
            rule: string | null;
            variant: string | null;
            country: string | null;
            device: string | null;
            os: string | null;
            browser: string | null;
        };
        StoryRequestResponse: {
            method: string;
            path: string;
            query: string;
            body: string;
            headers: {
                [key: string]: string;
            };
            ip: string;
        };
        RequestStoryEntryResponse: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "postback" | "pixel";
            /**
             * @description The verdict of the log: that of the run that counted, else of the latest one. Null without a log entry.
             * @enum {string|null}
             */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected" | null;
            /** @description Null without the scope `postbacks:read`, for members with restrictions, and when its content is not kept any more. */
            request: components["schemas"]["StoryRequestResponse"] | null;
            /** @description Time of its arrival. */
            at: string;
            postbackId: string;
            /** @description False: its log entry has expired; only the conversion's history names it. */
            isLogged: boolean;
            /** @description When its content was erased together with its click. */
            erasedAt: string | null;
            networkId: string | null;
            reason: string | null;
            /** @description The problem, and how to solve it. Null for members with restrictions. */
            hint: string | null;
        };
        ManualStoryEntryResponse: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "manual";
            at: string;
            /** @description The API key. */
            by: string;
            note: string | null;
        };
        ImportStoryEntryResponse: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "import";
            row: number | null;
            /** @description Time of the upload. */
            at: string;
            importId: string;
            note: string | null;
        };
        ReplayStoryEntryResponse: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "replay";
            /** @enum {string} */
            verdict: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
            at: string;
            postbackId: string;
            reason: string | null;
        };
        StatusStoryEntryResponse: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "status";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected";
            /**
             * @description Null in the first entry.
             * @enum {string|null}
             */
            previousStatus: "pending" | "approved" | "rejected" | null;
            payout: components["schemas"]["MoneyResponse"] | null;
            previousPayout: components["schemas"]["MoneyResponse"] | null;
            /** @enum {string} */
            origin: "postback" | "pixel" | "manual" | "import";
            /** @description When the report was applied. */
            at: string;
            /** @description Time of the event, as its source named it. */
            eventAt: string;
            /** @description The network's own word for the status. */
            networkStatus: string | null;
            /** @description The request, the API key, or the import and its row, that made the change. */
            sourceId: string;
            note: string | null;
        };
        ConversionStoryResponse: {
            /** @description Oldest first. Entries with the same time are in the order click, redirect, reports, replays, status. */
            entries: (components["schemas"]["ClickStoryEntryResponse"] | components["schemas"]["RedirectStoryEntryResponse"] | components["schemas"]["RequestStoryEntryResponse"] | components["schemas"]["ManualStoryEntryResponse"] | components["schemas"]["ImportStoryEntryResponse"] | components["schemas"]["ReplayStoryEntryResponse"] | components["schemas"]["StatusStoryEntryResponse"])[];
            /** @description False: the conversion has more requests than are read. Those that its history names are always there. */
            complete: boolean;
        };
        ComparedPeriodResponse: {
            from: string;
            to: string;
        };
        ReportProgressResponse: {
            /** @description Days that were read, those of the compared period among them. */
            days: number;
            /** @description Days to read. */
            ofDays: number;
        };
        ReportResponse: {
            /** @enum {string} */
            timeBy: "click" | "conversion";
            /**
             * @description Confirmed revenue in other currencies, from before the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCurrencies: components["schemas"]["MoneyResponse"][] | null;
            /**
             * @description Cost in other currencies: there was no exchange rate, or the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCosts: components["schemas"]["MoneyResponse"][] | null;
            /** @description One key for each dimension and metric; `compare` has the metrics of the compared period. Amounts are money. */
            rows: Record<string, never>[];
            /** @description The metrics over all facts of the report. */
            totals: {
                [key: string]: unknown;
            };
            /** @description The metrics of the groups beyond `limit`, and in `groups` how many those are; null when all are shown. */
            others: {
                [key: string]: unknown;
            } | null;
            /** @description The number of groups. */
            groups: number;
            /** @description Names of the ids in `rows`: dimension → id → name. */
            labels: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            from: string;
            to: string;
            compare: components["schemas"]["ComparedPeriodResponse"] | null;
            /** @example Europe/Berlin */
            timezone: string;
            /** @description The currency of all amounts. */
            currency: string;
            /** @description Everything that was stored at this time is counted; null while the data is loaded for the first time. */
            asOf: string | null;
            /** @description False while data is missing: it is loaded again, or not all days of the report were read yet. */
            complete: boolean;
            /** @description While `complete` is false: clicks since this time are counted. */
            coveredFrom: string | null;
            /** @description While a report without a copy of the data is unfinished: the days that it counts. Ask again to get more; else null. */
            progress: components["schemas"]["ReportProgressResponse"] | null;
            /** @description Milliseconds that the report took. */
            tookMs: number;
        };
        AnnotationResponse: {
            /**
             * @description `link_changed`: its destination, rules, state or cost. `network_changed`: its mapping or settings. `rates_loaded`: exchange rates.
             * @enum {string}
             */
            kind: "link_changed" | "network_changed" | "rates_loaded";
            at: string;
            /** @description Id of the link or network; of the workspace for exchange rates. */
            objectId: string;
            /** @description Name of the link or network. */
            label: string;
            /** @description The changed fields; empty for a deletion. */
            fields: string[];
        };
        TimeseriesResponse: {
            /** @enum {string} */
            timeBy: "click" | "conversion";
            /**
             * @description Confirmed revenue in other currencies, from before the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCurrencies: components["schemas"]["MoneyResponse"][] | null;
            /**
             * @description Cost in other currencies: there was no exchange rate, or the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCosts: components["schemas"]["MoneyResponse"][] | null;
            /** @enum {string} */
            interval: "hour" | "day" | "week" | "month";
            /**
             * @description One for each hour, day, week or month of the period, in order and without gaps: `start`, the metrics, `compare`, and
             *     `unfinished: true` where the time is not over yet.
             */
            points: Record<string, never>[];
            /** @description Changes in the period, oldest first: at most the 100 latest. */
            annotations: components["schemas"]["AnnotationResponse"][];
            /** @description The metrics over the whole period. */
            totals: {
                [key: string]: unknown;
            };
            from: string;
            to: string;
            compare: components["schemas"]["ComparedPeriodResponse"] | null;
            /** @example Europe/Berlin */
            timezone: string;
            /** @description The currency of all amounts. */
            currency: string;
            /** @description Everything that was stored at this time is counted; null while the data is loaded for the first time. */
            asOf: string | null;
            /** @description False while data is missing: it is loaded again, or not all days of the report were read yet. */
            complete: boolean;
            /** @description While `complete` is false: clicks since this time are counted. */
            coveredFrom: string | null;
            /** @description While a report without a copy of the data is unfinished: the days that it counts. Ask again to get more; else null. */
            progress: components["schemas"]["ReportProgressResponse"] | null;
            /** @description Milliseconds that the report took. */
            tookMs: number;
        };
        FunnelStep: {
            /** @description A metric: `humanClicks`, `registrations`, `ftds`, `deposits`, `qualified` or `approved`. */
            name: string;
            count: number;
            /** @description Percent of the step before; null after a step without any. */
            fromPrevious: number | null;
            /** @description Percent of the first step. */
            fromFirst: number | null;
            /** @description Median seconds from the click; only for registrations and first deposits. */
            medianSeconds: number | null;
            /** @description The count in the compared period. */
            compare: number | null;
        };
        FunnelResponse: {
            /** @enum {string} */
            timeBy: "click" | "conversion";
            /**
             * @description Confirmed revenue in other currencies, from before the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCurrencies: components["schemas"]["MoneyResponse"][] | null;
            /**
             * @description Cost in other currencies: there was no exchange rate, or the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCosts: components["schemas"]["MoneyResponse"][] | null;
            steps: components["schemas"]["FunnelStep"][];
            from: string;
            to: string;
            compare: components["schemas"]["ComparedPeriodResponse"] | null;
            /** @example Europe/Berlin */
            timezone: string;
            /** @description The currency of all amounts. */
            currency: string;
            /** @description Everything that was stored at this time is counted; null while the data is loaded for the first time. */
            asOf: string | null;
            /** @description False while data is missing: it is loaded again, or not all days of the report were read yet. */
            complete: boolean;
            /** @description While `complete` is false: clicks since this time are counted. */
            coveredFrom: string | null;
            /** @description While a report without a copy of the data is unfinished: the days that it counts. Ask again to get more; else null. */
            progress: components["schemas"]["ReportProgressResponse"] | null;
            /** @description Milliseconds that the report took. */
            tookMs: number;
        };
        HeatmapResponse: {
            /** @enum {string} */
            timeBy: "click" | "conversion";
            /**
             * @description Confirmed revenue in other currencies, from before the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCurrencies: components["schemas"]["MoneyResponse"][] | null;
            /**
             * @description Cost in other currencies: there was no exchange rate, or the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCosts: components["schemas"]["MoneyResponse"][] | null;
            /** @description 168 cells: `weekday` (1 is Monday), `hourOfDay` and the metrics. */
            cells: Record<string, never>[];
            from: string;
            to: string;
            compare: components["schemas"]["ComparedPeriodResponse"] | null;
            /** @example Europe/Berlin */
            timezone: string;
            /** @description The currency of all amounts. */
            currency: string;
            /** @description Everything that was stored at this time is counted; null while the data is loaded for the first time. */
            asOf: string | null;
            /** @description False while data is missing: it is loaded again, or not all days of the report were read yet. */
            complete: boolean;
            /** @description While `complete` is false: clicks since this time are counted. */
            coveredFrom: string | null;
            /** @description While a report without a copy of the data is unfinished: the days that it counts. Ask again to get more; else null. */
            progress: components["schemas"]["ReportProgressResponse"] | null;
            /** @description Milliseconds that the report took. */
            tookMs: number;
        };
        DimensionValueEntry: {
            /** @description As a filter takes it; null: facts without a value, for which the filter is `(none)`. */
            value: (string | number) | null;
            /** @description The name of a link or network, else the value. */
            label: string;
            /** @description Clicks in the period. */
            clicks: number;
            /** @description Conversions in the period. */
            conversions: number;
        };
        DimensionValuesResponse: {
            /** @enum {string} */
            timeBy: "click" | "conversion";
            /**
             * @description Confirmed revenue in other currencies, from before the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCurrencies: components["schemas"]["MoneyResponse"][] | null;
            /**
             * @description Cost in other currencies: there was no exchange rate, or the workspace's currency was changed. No other number contains it.
             *     `null` where money is hidden.
             */
            otherCosts: components["schemas"]["MoneyResponse"][] | null;
            /** @description Those with the most clicks first. */
            values: components["schemas"]["DimensionValueEntry"][];
            /** @description Whether there are more. */
            hasMore: boolean;
            from: string;
            to: string;
            compare: components["schemas"]["ComparedPeriodResponse"] | null;
            /** @example Europe/Berlin */
            timezone: string;
            /** @description The currency of all amounts. */
            currency: string;
            /** @description Everything that was stored at this time is counted; null while the data is loaded for the first time. */
            asOf: string | null;
            /** @description False while data is missing: it is loaded again, or not all days of the report were read yet. */
            complete: boolean;
            /** @description While `complete` is false: clicks since this time are counted. */
            coveredFrom: string | null;
            /** @description While a report without a copy of the data is unfinished: the days that it counts. Ask again to get more; else null. */
            progress: components["schemas"]["ReportProgressResponse"] | null;
            /** @description Milliseconds that the report took. */
            tookMs: number;
        };
        MetricResponse: {
            /** @enum {string} */
            unit: "count" | "money" | "percent" | "seconds" | "number";
            name: string;
            /** @description Over other metrics. A sum over clicks or conversions is its own formula. */
            formula: string;
            description: string;
            /** @description Whether the workspace has defined it. */
            isOwn: boolean;
        };
        MetricListResponse: {
            /** @description The dimensions that reports group and filter by. */
            dimensions: ("link" | "source" | "sub1" | "sub2" | "sub3" | "sub4" | "sub5" | "sub6" | "sub7" | "sub8" | "sub9" | "sub10" | "rule" | "variant" | "country" | "region" | "city" | "asn" | "device" | "os" | "browser" | "inApp" | "language" | "referrer" | "botReason" | "domain" | "campaign" | "tag" | "network" | "eventType" | "status" | "hour" | "day" | "week" | "month" | "weekday" | "hourOfDay")[];
            metrics: components["schemas"]["MetricResponse"][];
        };
        ReportFormulaResponse: {
            /** @enum {string} */
            unit: "number" | "percent" | "money";
            id: string;
            name: string;
            expression: string;
            createdAt: string;
            updatedAt: string;
        };
        ReportFormulaListResponse: {
            /** @description By name. A workspace has at most 50. */
            data: components["schemas"]["ReportFormulaResponse"][];
        };
        CreateReportFormulaRequest: {
            /**
             * @description How its values are written. Default: `number`.
             * @default number
             * @enum {string}
             */
            unit: "number" | "percent" | "money";
            /**
             * @description The name by which reports ask for it.
             * @example costPerDeposit
             */
            name: string;
            /**
             * @description Metrics, numbers, `+ - * /` and parentheses.
             * @example cost / deposits
             */
            expression: string;
        };
        UpdateReportFormulaRequest: {
            /** @enum {string} */
            unit?: "number" | "percent" | "money";
            name?: string;
            expression?: string;
        };
        CostResponse: {
            id: string;
            /** @example 2026-11-20 */
            day: string;
            /** @example Europe/Berlin */
            timezone: string;
            /** @description The first moment of the day. */
            from: string;
            /** @description The first moment after it. */
            to: string;
            /**
             * @description The values of its clicks; empty: all clicks of the day.
             * @example {
             *       "source": "propeller",
             *       "sub1": "zone7"
             *     }
             */
            by: {
                [key: string]: string;
            };
            /** @description As it was given. */
            given: components["schemas"]["MoneyResponse"];
            /** @description In the currency that the workspace had, by the rate of the day. */
            cost: components["schemas"]["MoneyResponse"];
            /**
             * @description The clicks that it is spread over. While it is 0, no report contains the cost. Null while reports are not complete, and for
             *     a cost by more than three dimensions.
             */
            clicks: number | null;
            createdAt: string;
            updatedAt: string;
        };
        CostListResponse: {
            data: components["schemas"]["CostResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        UploadedCostRequest: {
            /** @example 2026-11-20 */
            day: string;
            /**
             * @description IANA time zone of the day. Default: the workspace's.
             * @example Europe/Berlin
             */
            timezone?: string;
            /** @description Id of the link. */
            link?: string;
            /** @description Campaign of the link. */
            campaign?: string;
            /** @description The parameter `source` of the clicks, else `utm_source`. */
            source?: string;
            sub1?: string;
            sub2?: string;
            sub3?: string;
            sub4?: string;
            sub5?: string;
            sub6?: string;
            sub7?: string;
            sub8?: string;
            sub9?: string;
            sub10?: string;
            /**
             * @description Decimal with at most six decimals.
             * @example 125.50
             */
            amount: string;
            /**
             * @description Default: the workspace's.
             * @example EUR
             */
            currency?: string;
        };
        UploadCostsRequest: {
            costs: components["schemas"]["UploadedCostRequest"][];
        };
        CostsUploadedResponse: {
            /** @description New costs. */
            created: number;
            /** @description Costs with another amount than before. */
            replaced: number;
            /** @description Costs that were there already. */
            unchanged: number;
        };
        ClickEventResponse: {
            /** @description The click id. */
            id: string;
            at: string;
            linkId: string;
            country: string | null;
            device: string | null;
            os: string | null;
            browser: string | null;
            referrerHost: string | null;
            subs: {
                [key: string]: string;
            };
            isBot: boolean;
            /** @description Whether this is the person's first click on the link on that day (UTC). */
            isUnique: boolean;
        };
        PostbackEventResponse: {
            id: string;
            receivedAt: string;
            networkId: string;
            linkId: string | null;
            /** @description As in the postback log, when it was stored. */
            verdict: string;
            reason: string | null;
            conversionId: string | null;
        };
        ConversionEventResponse: {
            /** @enum {string} */
            change: "created" | "updated";
            /** @enum {string} */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected";
            payout: components["schemas"]["MoneyResponse"] | null;
            revenue: components["schemas"]["MoneyResponse"] | null;
            id: string;
            isFtd: boolean;
            linkId: string;
            networkId: string | null;
            clickId: string | null;
            convertedAt: string;
        };
        SkippedEventResponse: {
            click?: number;
            postback?: number;
            conversion?: number;
        };
        GapEventResponse: {
            /** @description The time of the last event that was sent. `null` when it is not known. */
            since: string | null;
        };
        SearchResultResponse: {
            /** @enum {string} */
            kind: "link" | "domain" | "network" | "conversion" | "click" | "postback" | "import" | "replay" | "visitor_rule" | "utm_template" | "api_key";
            /** @example lnk_0V4rQ2pK3mXa81Qd7ZsT */
            id: string;
            /**
             * @description A name for people to read.
             * @example Summer sale
             */
            title: string;
            /**
             * @description A further text that distinguishes it.
             * @example go.brand.com/summer
             */
            detail: string | null;
            /**
             * @description Its path in the API.
             * @example /api/v1/links/lnk_0V4rQ2pK3mXa81Qd7ZsT
             */
            url: string;
        };
        SearchResponse: {
            /** @description Best first: ids, then exact values, then prefixes, then contained texts. Only kinds that the API key may read. */
            results: components["schemas"]["SearchResultResponse"][];
            /** @description The kinds of which results may be missing. */
            incompleteKinds: ("link" | "domain" | "network" | "conversion" | "click" | "postback" | "import" | "replay" | "visitor_rule" | "utm_template" | "api_key")[];
            /** @description True: a query took too long, so results may be missing. */
            incomplete: boolean;
        };
        SetupCheckResponse: {
            /** @enum {string} */
            key: "link_paused" | "link_not_started" | "link_expired" | "domain_not_served" | "open_short_link" | "add_network" | "send_test" | "test_step_failed" | "postback_rejected" | "postback_ignored" | "postback_not_configured" | "link_without_network" | "click_id_param_differs" | "transaction_ids_missing" | "transaction_ids_reused" | "second_conversion_needed" | "check_link" | "link_check_failed";
            linkId?: string;
            networkId?: string;
            /** @description The request in the postback log. */
            postbackId?: string;
            /**
             * @description Why the request was rejected, or the code of the problem.
             * @example unfilled_macro
             */
            reason?: string;
            /**
             * @description The parameter that the network expects, or that was lost.
             * @example stag
             */
            param?: string;
            /** @description The parameter that the link sets instead; absent when it sets none. */
            actualParam?: string;
            /** @description The step of the last test that failed; see `POST /api/v1/networks/{id}/test`. */
            step?: string;
            hostname?: string;
            /** @description The URL to open, or to give to the network. */
            url?: string;
        };
        LinkSeenResponse: {
            /** @description `null` when a macro stands in its place. */
            destinationHost: string | null;
            linkId: string;
            /** @example https://go.brand.example/summer */
            shortUrl: string;
        };
        LinkStepResponse: {
            /**
             * @description `waiting`: the first step that is not done. `open`: a later one. `problem`: something to look at. `hidden`: the caller lacks its scope.
             * @enum {string}
             */
            state: "done" | "waiting" | "problem" | "open" | "hidden";
            /** @description When it was done, or when its problem was seen. */
            at: string | null;
            /** @description Things to check, the most probable cause first. Empty for all but the first step that is not done. */
            checks: components["schemas"]["SetupCheckResponse"][];
            /** @enum {string} */
            id: "link";
            seen: components["schemas"]["LinkSeenResponse"] | null;
        };
        ClickSeenResponse: {
            /** @description ISO 3166-1 alpha-2. */
            country: string | null;
            device: string | null;
            clickId: string;
            linkId: string;
            isBot: boolean;
            at: string;
        };
        ClickStepResponse: {
            /**
             * @description `waiting`: the first step that is not done. `open`: a later one. `problem`: something to look at. `hidden`: the caller lacks its scope.
             * @enum {string}
             */
            state: "done" | "waiting" | "problem" | "open" | "hidden";
            /** @description When it was done, or when its problem was seen. */
            at: string | null;
            /** @description Things to check, the most probable cause first. Empty for all but the first step that is not done. */
            checks: components["schemas"]["SetupCheckResponse"][];
            /** @enum {string} */
            id: "click";
            seen: components["schemas"]["ClickSeenResponse"] | null;
        };
        NetworkSeenResponse: {
            preset: string | null;
            networkId: string;
            name: string;
            /**
             * @description The parameter in which the network gets the click id.
             * @example stag
             */
            clickIdParam: string;
            /** @description Its key is masked without the scope `networks:write`. */
            postbackUrl: string;
        };
        NetworkStepResponse: {
            /**
             * @description `waiting`: the first step that is not done. `open`: a later one. `problem`: something to look at. `hidden`: the caller lacks its scope.
             * @enum {string}
             */
            state: "done" | "waiting" | "problem" | "open" | "hidden";
            /** @description When it was done, or when its problem was seen. */
            at: string | null;
            /** @description Things to check, the most probable cause first. Empty for all but the first step that is not done. */
            checks: components["schemas"]["SetupCheckResponse"][];
            /** @enum {string} */
            id: "network";
            seen: components["schemas"]["NetworkSeenResponse"] | null;
        };
        TestStepSeenResponse: {
            /** @description `null` for callers that may not read the postback log, or that may not see money. */
            detail: string | null;
            /** @description See `POST /api/v1/networks/{id}/test`. */
            name: string;
            ok: boolean;
            ms: number;
        };
        TestConversionSeenResponse: {
            postbackId: string | null;
            /** @description Why the test was rejected. */
            reason: string | null;
            /**
             * @description The event that a real postback with these values would report.
             * @enum {string|null}
             */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal" | null;
            payout: components["schemas"]["MoneyResponse"] | null;
            /** @description The address from which the request came. */
            ip: string | null;
            networkId: string;
            ok: boolean;
            at: string;
            steps: components["schemas"]["TestStepSeenResponse"][];
        };
        TestConversionStepResponse: {
            /**
             * @description `waiting`: the first step that is not done. `open`: a later one. `problem`: something to look at. `hidden`: the caller lacks its scope.
             * @enum {string}
             */
            state: "done" | "waiting" | "problem" | "open" | "hidden";
            /** @description When it was done, or when its problem was seen. */
            at: string | null;
            /** @description Things to check, the most probable cause first. Empty for all but the first step that is not done. */
            checks: components["schemas"]["SetupCheckResponse"][];
            /** @enum {string} */
            id: "testConversion";
            seen: components["schemas"]["TestConversionSeenResponse"] | null;
        };
        ConversionSeenResponse: {
            /** @enum {string} */
            eventType: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected";
            payout: components["schemas"]["MoneyResponse"] | null;
            /** @description The address from which its postback came; `null` when the log does not have it any more. */
            ip: string | null;
            networkId: string | null;
            conversionId: string;
            isFtd: boolean;
            at: string;
            linkId: string;
        };
        ConversionStepResponse: {
            /**
             * @description `waiting`: the first step that is not done. `open`: a later one. `problem`: something to look at. `hidden`: the caller lacks its scope.
             * @enum {string}
             */
            state: "done" | "waiting" | "problem" | "open" | "hidden";
            /** @description When it was done, or when its problem was seen. */
            at: string | null;
            /** @description Things to check, the most probable cause first. Empty for all but the first step that is not done. */
            checks: components["schemas"]["SetupCheckResponse"][];
            /** @enum {string} */
            id: "conversion";
            seen: components["schemas"]["ConversionSeenResponse"] | null;
        };
        TransactionIdsSeenResponse: {
            networkId: string | null;
            /** @description Conversions that were looked at: the first and the latest ones. */
            conversions: number;
            withTransactionId: number;
            /** @description Those whose transaction id came with another click before. */
            reused: number;
        };
        TransactionIdsStepResponse: {
            /**
             * @description `waiting`: the first step that is not done. `open`: a later one. `problem`: something to look at. `hidden`: the caller lacks its scope.
             * @enum {string}
             */
            state: "done" | "waiting" | "problem" | "open" | "hidden";
            /** @description When it was done, or when its problem was seen. */
            at: string | null;
            /** @description Things to check, the most probable cause first. Empty for all but the first step that is not done. */
            checks: components["schemas"]["SetupCheckResponse"][];
            /** @enum {string} */
            id: "transactionIds";
            seen: components["schemas"]["TransactionIdsSeenResponse"] | null;
        };
        ParametersSeenResponse: {
            /**
             * @description `check`: the last check of a link. `conversion`: a postback brought the click id back.
             * @enum {string}
             */
            source: "check" | "conversion";
            conversionId: string | null;
            /** @description Redirects that the check followed. */
            hops: number | null;
            linkId: string;
            ok: boolean;
        };
        ParametersStepResponse: {
            /**
             * @description `waiting`: the first step that is not done. `open`: a later one. `problem`: something to look at. `hidden`: the caller lacks its scope.
             * @enum {string}
             */
            state: "done" | "waiting" | "problem" | "open" | "hidden";
            /** @description When it was done, or when its problem was seen. */
            at: string | null;
            /** @description Things to check, the most probable cause first. Empty for all but the first step that is not done. */
            checks: components["schemas"]["SetupCheckResponse"][];
            /** @enum {string} */
            id: "parameters";
            seen: components["schemas"]["ParametersSeenResponse"] | null;
        };
        SetupResponse: {
            /** @description All steps, in their order. `seen` has the facts of what was seen; its fields depend on `id`. */
            steps: (components["schemas"]["LinkStepResponse"] | components["schemas"]["ClickStepResponse"] | components["schemas"]["NetworkStepResponse"] | components["schemas"]["TestConversionStepResponse"] | components["schemas"]["ConversionStepResponse"] | components["schemas"]["TransactionIdsStepResponse"] | components["schemas"]["ParametersStepResponse"])[];
            /**
             * @description The first step that is not done; `null` when all are.
             * @enum {string|null}
             */
            current: "link" | "click" | "network" | "testConversion" | "conversion" | "transactionIds" | "parameters" | null;
            /** @description Number of steps that are done. */
            done: number;
            /** @description Number of steps. */
            total: number;
        };
        DemoWorkspaceResponse: {
            /**
             * @description `filling`: its clicks and postbacks are being made. `failed`: they could not be; remove it and try again.
             * @enum {string}
             */
            state: "filling" | "ready" | "failed";
            /** @description Clicks and postbacks that are stored. */
            done: number;
            /** @description Clicks and postbacks that it will have. */
            total: number;
            /**
             * @description Switch to it with `POST /api/v1/me/workspace`.
             * @example wsp_0V4rQ2pK3mXa81Qd7ZsT
             */
            workspaceId: string;
        };
        CreateUtmTemplateRequest: {
            /** @description Like a link's `utm`: values may contain macros, and `null` removes a parameter. At least one parameter. */
            utm: components["schemas"]["UtmRequest"];
            /**
             * @description Unique in the workspace.
             * @example Newsletter
             */
            name: string;
        };
        UtmTemplateResponse: {
            utm: components["schemas"]["UtmRequest"];
            /** @example utm_0V4rQ2pK3mXa81Qd7ZsTb */
            id: string;
            name: string;
            createdAt: string;
            updatedAt: string;
        };
        UtmTemplateListResponse: {
            data: components["schemas"]["UtmTemplateResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        UpdateUtmTemplateRequest: {
            /** @description Like a link's `utm`: values may contain macros, and `null` removes a parameter. At least one parameter. */
            utm?: components["schemas"]["UtmRequest"];
            /**
             * @description Unique in the workspace.
             * @example Newsletter
             */
            name?: string;
        };
        AbuseReportResponse: {
            /** @enum {string} */
            reason: "phishing" | "malware" | "spam" | "illegal" | "other";
            details: string | null;
            /** @description Address of the reporter, if given. */
            email: string | null;
            /** @enum {string} */
            status: "open" | "resolved";
            resolvedAt: string | null;
            note: string | null;
            /** @example abr_0V4rQ2pK3mXa81Qd7ZsTb */
            id: string;
            linkId: string;
            /**
             * @description The short link at the time of the report, without its scheme.
             * @example go.brand.com/summer
             */
            address: string;
            /** @description The destination of the link at the time of the report. */
            url: string;
            createdAt: string;
        };
        AbuseReportListResponse: {
            data: components["schemas"]["AbuseReportResponse"][];
            page: components["schemas"]["PageInfo"];
        };
        ResolveAbuseReportRequest: {
            /**
             * @description A remark about the outcome.
             * @example The page is our own; the reporter was mistaken.
             */
            note?: string;
        };
        ProblemResponse: {
            /** @enum {string} */
            code: "bad_request" | "unauthorized" | "forbidden" | "sign_in_again" | "quota_exceeded" | "not_found" | "not_checked" | "method_not_allowed" | "conflict" | "network_deleted" | "not_replayable" | "undo_expired" | "network_changed" | "invalid_transition" | "idempotency_conflict" | "payload_too_large" | "request_timeout" | "headers_too_large" | "unsupported_media_type" | "invalid" | "too_many_requests" | "internal_error" | "unavailable";
            /** @description Every bad field of the input. */
            errors?: components["schemas"]["FieldProblemResponse"][];
            /** @example urn:hopback:problem:invalid */
            type: string;
            title: string;
            status: number;
            /** @description A sentence that says what happened and what to do. */
            detail: string;
            requestId: string;
        };
    };
    responses: {
        /** @description The request cannot be read */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description No valid API key or session; of a sign-in, a wrong password or code */
        Problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description The API key or the role lacks the scope of this route, or a sign-in is not allowed here */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description There is no such thing in this workspace */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description It conflicts with existing data; see `code` */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description The body is too large */
        Problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description The content type of the body is not supported */
        Problem415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description The input is not valid; `errors` lists every bad field */
        Problem422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description Too many requests */
        Problem429: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description URL and headers have more than 16 KiB */
        Problem431: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description Our fault; the log has the requestId */
        Problem500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
        /** @description The database does not answer */
        Problem503: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResponse"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    HealthController_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    HealthController_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The Health Check is successful
             *
             *     All dependencies answer.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            /** @description The Health Check is not successful */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example error
                         * @enum {string}
                         */
                        status?: "error" | "shutting_down";
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        info?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "redis": {
                         *         "status": "down",
                         *         "message": "Could not connect",
                         *         "responseTime": 3005
                         *       }
                         *     }
                         */
                        error?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       },
                         *       "redis": {
                         *         "status": "down",
                         *         "message": "Could not connect",
                         *         "responseTime": 3005
                         *       }
                         *     }
                         */
                        details?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        };
                    };
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    WorkspacesController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspaceRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceCreatedResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    WorkspacesController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    WorkspaceDeletionsController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteWorkspaceRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    WorkspacesController_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWorkspaceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    WorkspacesController_usage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    WorkspaceDeletionsController_progress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    WorkspaceExportController_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ApiKeysController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ApiKeysController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyCreatedResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ApiKeysController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ApiKeysController_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ApiKeysController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateApiKeyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ApiKeysController_rotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateApiKeyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyCreatedResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AuditLogController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
                action?: string;
                /** @description Id of the changed object. */
                objectId?: string;
                /** @description Id of the API key that made the change. */
                actor?: string;
                /** @description Changes at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                from?: string;
                /** @description Changes before this time. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditLogResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AuthController_methods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInMethodsResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AuthController_createOwner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateOwnerRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AuthController_signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AuthController_signInWithCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInCodeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AuthController_signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ResetPasswordController_forgot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgotPasswordRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ResetPasswordController_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AcceptInvitationController_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkTokenRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownInvitationResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AcceptInvitationController_accept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ConfirmEmailController_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkTokenRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MeController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyDataController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteMeRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MeController_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateMeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MeController_selectWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SelectWorkspaceRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MeController_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspaceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MeController_changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MeController_changeEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeEmailRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MySessionsController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MySessionsController_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyTotpController_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpSecretResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyTotpController_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyTotpController_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmTotpRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyTotpController_renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyDataController_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PasskeySignInController_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeySignInOptionsResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PasskeySignInController_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeySignInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyPasskeysController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyPasskeysController_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddPasskeyRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyPasskeysController_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRegistrationOptionsResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyPasskeysController_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyPasskeysController_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenamePasskeyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MembersController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MembersController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MembersController_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MembersController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateMemberRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MembersController_handOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    InvitationsController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    InvitationsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInvitationRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationSentResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    InvitationsController_resend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationSentResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    InvitationsController_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    OidcController_redirect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider, or to the sign-in page with `#error=<code>`. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    OidcController_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginOidcRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BeginOidcResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    OidcController_complete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the application, or to the sign-in page with `#error=<code>`. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyIdentitiesController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyIdentitiesController_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BeginOidcResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MyIdentitiesController_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DomainsController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DomainsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDomainRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DomainsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DomainsController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DomainsController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateDomainRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DomainsController_verify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DomainsController_orphansOf: {
        parameters: {
            query?: {
                /** @description First day (UTC); default: 30 days ago. */
                from?: string;
                /** @description End of the range (UTC). A date without a time includes that day. Default: now. */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrphansResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworksController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworksController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateNetworkRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworksController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworksController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworksController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateNetworkRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworksController_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworksController_rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworksController_endOldKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworkPresetsController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
                /** @description Text that the name or id must contain. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkPresetListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworkPresetsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkPresetResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ExchangeRatesController_show: {
        parameters: {
            query?: {
                /** @description Day whose rates are shown. Default: today (UTC). */
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatesResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ExchangeRatesController_replace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON, or CSV in the layout of the European Central Bank: one line per day, units of each currency for 1 EUR. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceRatesRequest"] | string;
                "text/csv": components["schemas"]["ReplaceRatesRequest"] | string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatesReplacedResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ExchangeRatesController_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksBulkController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkCreateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksBulkController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDeleteRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksBulkController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkUpdateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksBulkController_restore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkRestoreRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinkImportJobsController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkImportJobListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksTransferController_import: {
        parameters: {
            query?: {
                /** @description The product that the file is of. Default `auto`: told by its columns. */
                source?: "bitly" | "dub" | "rebrandly" | "shortio" | "kutt" | "yourls" | "shlink" | "csv" | "auto";
                /** @description `true`: says what would become of each row, and does nothing. */
                dryRun?: "true" | "false";
                /** @description For rows whose slug is taken, or that were imported before: the row is left out, changes that link, or gets another slug. */
                onConflict?: "skip" | "update" | "rename";
                /** @description The domain that all links go on. Default: each row's own where the workspace has it, else the domain for new links. */
                domain?: string;
                /** @description Domains of the file and those that stand for them here, before `domain`. */
                domainMap?: string;
                /** @description Columns that are called otherwise: field and column. `(none)` for a field that the file has no column for: `slug=(none)` gives random slugs. */
                mapping?: string;
                /** @description The character set of the file. Default: its byte order mark, its content type, UTF-8. */
                charset?: string;
            };
            header?: {
                /** @description `respond-async`: answer with the import job once the file is received, and apply it afterwards. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
                "application/json": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkImportResponse"];
                };
            };
            /** @description The job, for `Prefer: respond-async`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkImportJobResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinkImportJobsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkImportJobResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinkImportJobsController_rows: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the page before. */
                cursor?: string;
                status?: "created" | "updated" | "exists" | "would_create" | "would_update" | "skipped" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkImportRowListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinkImportJobsController_rowsAsCsv: {
        parameters: {
            query?: {
                /** @description Whether the file begins with a byte order mark, which Excel needs to read UTF-8. Default: `true` where a browser downloads it. */
                bom?: "true" | "false";
                status?: "created" | "updated" | "exists" | "would_create" | "would_update" | "skipped" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinkImportJobsController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkImportJobResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksTransferController_export: {
        parameters: {
            query?: {
                /** @description One of these links, up to 100: a list of links that are known by their ids. Can be repeated. */
                id?: string[];
                /** @description Links with this tag. Can be repeated; see `tagMode`. */
                tag?: string[];
                /** @description With several tags: a link must have `any` or `all` of them. Default: any. */
                tagMode?: "any" | "all";
                /** @description `false` (default): only links that are not archived; `true`: only archived ones; `all`: both. */
                archived?: "true" | "false" | "all";
                paused?: "true" | "false";
                expired?: "true" | "false";
                suspended?: "true" | "false";
                /** @description Links that have rules or variants (`true`), or neither (`false`). */
                hasRules?: "true" | "false";
                /** @description Whether the file begins with a byte order mark, which Excel needs to read UTF-8. Default: `true` where a browser downloads it. */
                bom?: "true" | "false";
                format?: "csv" | "json";
                /** @description Which columns, in that order; in JSON: which fields of the links. Default: all. */
                columns?: string;
                /** @description Words that must all occur in slug, title, destination, notes or externalId. Case does not matter. */
                search?: string;
                campaign?: string;
                domain?: string;
                networkId?: string;
                sourceId?: string;
                /** @description Created at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                createdFrom?: string;
                /** @description Created before this time. A date without a time includes that day, in the workspace's time zone. */
                createdTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/json": Record<string, never>[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_list: {
        parameters: {
            query?: {
                /** @description One of these links, up to 100: a list of links that are known by their ids. Can be repeated. */
                id?: string[];
                /** @description Links with this tag. Can be repeated; see `tagMode`. */
                tag?: string[];
                /** @description With several tags: a link must have `any` or `all` of them. Default: any. */
                tagMode?: "any" | "all";
                /** @description `false` (default): only links that are not archived; `true`: only archived ones; `all`: both. */
                archived?: "true" | "false" | "all";
                paused?: "true" | "false";
                expired?: "true" | "false";
                suspended?: "true" | "false";
                /** @description Links that have rules or variants (`true`), or neither (`false`). */
                hasRules?: "true" | "false";
                sort?: "createdAt" | "updatedAt" | "title" | "clicks";
                /** @description Default: `asc` for titles, else `desc`. */
                order?: "asc" | "desc";
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
                /** @description Words that must all occur in slug, title, destination, notes or externalId. Case does not matter. */
                search?: string;
                campaign?: string;
                domain?: string;
                networkId?: string;
                sourceId?: string;
                /** @description Created at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                createdFrom?: string;
                /** @description Created before this time. A date without a time includes that day, in the workspace's time zone. */
                createdTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateLinkRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_count: {
        parameters: {
            query?: {
                /** @description One of these links, up to 100: a list of links that are known by their ids. Can be repeated. */
                id?: string[];
                /** @description Links with this tag. Can be repeated; see `tagMode`. */
                tag?: string[];
                /** @description With several tags: a link must have `any` or `all` of them. Default: any. */
                tagMode?: "any" | "all";
                /** @description `false` (default): only links that are not archived; `true`: only archived ones; `all`: both. */
                archived?: "true" | "false" | "all";
                paused?: "true" | "false";
                expired?: "true" | "false";
                suspended?: "true" | "false";
                /** @description Links that have rules or variants (`true`), or neither (`false`). */
                hasRules?: "true" | "false";
                /** @description Counts links for each tag, domain or campaign. Without it, only the total. */
                groupBy?: "tag" | "domain" | "campaign";
                /** @description Words that must all occur in slug, title, destination, notes or externalId. Case does not matter. */
                search?: string;
                campaign?: string;
                domain?: string;
                networkId?: string;
                sourceId?: string;
                /** @description Created at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                createdFrom?: string;
                /** @description Created before this time. A date without a time includes that day, in the workspace's time zone. */
                createdTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkCountResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_states: {
        parameters: {
            query?: {
                /** @description One of these links, up to 100: a list of links that are known by their ids. Can be repeated. */
                id?: string[];
                /** @description Links with this tag. Can be repeated; see `tagMode`. */
                tag?: string[];
                /** @description With several tags: a link must have `any` or `all` of them. Default: any. */
                tagMode?: "any" | "all";
                /** @description Links that have rules or variants (`true`), or neither (`false`). */
                hasRules?: "true" | "false";
                /** @description Words that must all occur in slug, title, destination, notes or externalId. Case does not matter. */
                search?: string;
                campaign?: string;
                domain?: string;
                networkId?: string;
                sourceId?: string;
                /** @description Created at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                createdFrom?: string;
                /** @description Created before this time. A date without a time includes that day, in the workspace's time zone. */
                createdTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkStatesResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_tags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_upsert: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertLinkRequest"];
            };
        };
        responses: {
            /** @description The link existed; only the given fields have changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkResponse"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateLinkRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_history: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkHistoryResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_aliases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    LinksController_dropAlias: {
        parameters: {
            query: {
                slug: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    RotationController_numbers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotationNumbersResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    QrController_read: {
        parameters: {
            query?: {
                format?: "svg" | "png";
                /** @description Width in pixels, at least two for each module. The minimum depends on the content; the error names it. */
                size?: number;
                /** @description Width of the empty border in modules. The standard asks for 4. */
                margin?: number;
                /** @description Error correction: share of the code that may be lost. L: 7 %, M: 15 %, Q: 25 %, H: 30 %. With a logo always H. */
                level?: "L" | "M" | "Q" | "H";
                color?: string;
                background?: string;
                /** @description Appended to the short link as `?source=`, to distinguish these clicks. */
                source?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description No valid API key or session; of a sign-in, a wrong password or code */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The API key or the role lacks the scope of this route, or a sign-in is not allowed here */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description There is no such thing in this workspace */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The input is not valid; `errors` lists every bad field */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description URL and headers have more than 16 KiB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Our fault; the log has the requestId */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    QrController_make: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QrWithLogoRequest"];
            };
        };
        responses: {
            /** @description The image */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description No valid API key or session; of a sign-in, a wrong password or code */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The API key or the role lacks the scope of this route, or a sign-in is not allowed here */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description There is no such thing in this workspace */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description It conflicts with existing data; see `code` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The content type of the body is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The input is not valid; `errors` lists every bad field */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description URL and headers have more than 16 KiB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Our fault; the log has the requestId */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "image/png": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    ClickExportController_export: {
        parameters: {
            query?: {
                /** @description Whether the file begins with a byte order mark, which Excel needs to read UTF-8. Default: `true` where a browser downloads it. */
                bom?: "true" | "false";
                /** @description Clicks of this link only. */
                linkId?: string;
                /** @description Clicks at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                from?: string;
                /** @description Clicks before this time. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ClicksController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
                device?: "desktop" | "mobile" | "tablet" | "tv" | "console" | "wearable" | "other";
                /** @description `true`: only clicks of bots; `false`: only clicks of people. */
                bot?: "true" | "false";
                /** @description Clicks of this link only. */
                linkId?: string;
                /** @description Clicks at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                from?: string;
                /** @description Clicks before this time. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
                /** @description Country code. */
                country?: string;
                /** @description Clicks with exactly this sub id; likewise for `sub2` to `sub10`. */
                sub1?: string;
                sub2?: string;
                sub3?: string;
                sub4?: string;
                sub5?: string;
                sub6?: string;
                sub7?: string;
                sub8?: string;
                sub9?: string;
                sub10?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClickListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ClicksController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clickId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClickResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ClicksController_erase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clickId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    VisitorRulesController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorRuleListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    VisitorRulesController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateVisitorRuleRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorRuleResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    VisitorRulesController_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewVisitorRuleRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorRulePreviewResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    VisitorRulesController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorRuleResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    VisitorRulesController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    VisitorRulesController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateVisitorRuleRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorRuleResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DraftPreviewController_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftPreviewRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftPreviewResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    SimulateController_simulate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulateResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    CheckController_last: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    CheckController_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ConversionExportController_export: {
        parameters: {
            query?: {
                eventType?: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
                status?: "pending" | "approved" | "rejected";
                flag?: "rate_missing" | "before_click" | "pixel_only" | "txid_reused" | "other_network";
                isFtd?: "true" | "false";
                /** @description The time that `from` and `to` apply to: that of the conversion (default) or of its click. */
                timeBy?: "conversion" | "click";
                /** @description Whether the file begins with a byte order mark, which Excel needs to read UTF-8. Default: `true` where a browser downloads it. */
                bom?: "true" | "false";
                /**
                 * @description The id of a conversion or click, a transaction id or a player. Conversions with exactly this value are found, else those
                 *     where one of these begins with it. More than 1,000 of these give 422 `too_many_matches`.
                 */
                q?: string;
                linkId?: string;
                networkId?: string;
                clickId?: string;
                txid?: string;
                /** @description The network's id of the player. */
                playerId?: string;
                /** @description Start of the range, inclusive. A date without a time means the start of that day in the workspace's time zone. */
                from?: string;
                /** @description End of the range, exclusive. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ImportsController_create: {
        parameters: {
            query?: {
                /** @description Only say what would become of each row. Default: false. */
                dryRun?: "true" | "false";
                /** @description The network that the file comes from: its own words and defaults count, and what it posts back is the same. */
                networkId?: string;
                /** @description The character set of the file. Default: its byte order mark, its content type, its network's `mapping.charset`, UTF-8. */
                charset?: string;
                /**
                 * @description Columns whose names say something else: field and column, or `#3` for the third column. The field is read from that
                 *     column alone, and the column as nothing else. `(none)`: no column is read as the field.
                 */
                mapping?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ImportsController_showColumns: {
        parameters: {
            query?: {
                /** @description The network that the file comes from: its own words and defaults count, and what it posts back is the same. */
                networkId?: string;
                /** @description The character set of the file. Default: its byte order mark, its content type, its network's `mapping.charset`, UTF-8. */
                charset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreviewResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ImportsController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ImportsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ImportsController_rows: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the page before. */
                cursor?: string;
                verdict?: "accepted" | "updated" | "duplicate" | "rejected";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportRowListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ImportsController_rowsAsCsv: {
        parameters: {
            query?: {
                /** @description Whether the file begins with a byte order mark, which Excel needs to read UTF-8. Default: `true` where a browser downloads it. */
                bom?: "true" | "false";
                verdict?: "accepted" | "updated" | "duplicate" | "rejected";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ImportsController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ConversionsController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
                eventType?: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
                status?: "pending" | "approved" | "rejected";
                flag?: "rate_missing" | "before_click" | "pixel_only" | "txid_reused" | "other_network";
                isFtd?: "true" | "false";
                /** @description The time that `from` and `to` apply to: that of the conversion (default) or of its click. */
                timeBy?: "conversion" | "click";
                /**
                 * @description The id of a conversion or click, a transaction id or a player. Conversions with exactly this value are found, else those
                 *     where one of these begins with it. More than 1,000 of these give 422 `too_many_matches`.
                 */
                q?: string;
                linkId?: string;
                networkId?: string;
                clickId?: string;
                txid?: string;
                /** @description The network's id of the player. */
                playerId?: string;
                /** @description Start of the range, inclusive. A date without a time means the start of that day in the workspace's time zone. */
                from?: string;
                /** @description End of the range, exclusive. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ManualConversionsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversionRequest"];
            };
        };
        responses: {
            /** @description It was known already */
            200: {
                headers: {
                    /** @description `accepted`: it is new. `updated`: it was known, and has changed. `duplicate`: nothing new. */
                    "X-Hopback-Verdict"?: "accepted" | "updated" | "duplicate";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionResponse"];
                };
            };
            /** @description It is new */
            201: {
                headers: {
                    /** @description `accepted`: it is new. `updated`: it was known, and has changed. `duplicate`: nothing new. */
                    "X-Hopback-Verdict"?: "accepted" | "updated" | "duplicate";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ConversionsController_readTotals: {
        parameters: {
            query?: {
                eventType?: "registration" | "ftd" | "deposit" | "qualified" | "sale" | "rebill" | "revshare" | "lead" | "install" | "withdrawal";
                status?: "pending" | "approved" | "rejected";
                flag?: "rate_missing" | "before_click" | "pixel_only" | "txid_reused" | "other_network";
                isFtd?: "true" | "false";
                /** @description The time that `from` and `to` apply to: that of the conversion (default) or of its click. */
                timeBy?: "conversion" | "click";
                /**
                 * @description The id of a conversion or click, a transaction id or a player. Conversions with exactly this value are found, else those
                 *     where one of these begins with it. More than 1,000 of these give 422 `too_many_matches`.
                 */
                q?: string;
                linkId?: string;
                networkId?: string;
                clickId?: string;
                txid?: string;
                /** @description The network's id of the player. */
                playerId?: string;
                /** @description Start of the range, inclusive. A date without a time means the start of that day in the workspace's time zone. */
                from?: string;
                /** @description End of the range, exclusive. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionTotalsResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ConversionsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ManualConversionsController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConversionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ManualConversionsController_undo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoConversionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReceivePostbackController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            /** @description Not allowed: see the postback log */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                    "text/plain": string;
                };
            };
            404: components["responses"]["Problem404"];
            /** @description Rejected: see `reason`, and the postback log for a hint */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                    "text/plain": string;
                };
            };
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReceivePostbackController_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            /** @description Not allowed: see the postback log */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                    "text/plain": string;
                };
            };
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Rejected: see `reason`, and the postback log for a hint */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                    "text/plain": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PostbackExportController_export: {
        parameters: {
            query?: {
                verdict?: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
                origin?: "postback" | "pixel";
                /** @description Only requests that are reprocessed automatically when their mapping, link or transaction appears. */
                waiting?: "true";
                networkId?: string;
                reason?: string;
                clickId?: string;
                linkId?: string;
                conversionId?: string;
                /** @description Received at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                from?: string;
                /** @description Received before this time. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
                /** @description Text contained in query, body, hint or click id, regardless of case: a transaction id, for example. */
                q?: string;
                /** @description Whether the file begins with a byte order mark, which Excel needs to read UTF-8. Default: `true` where a browser downloads it. */
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PostbackLogController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
                verdict?: "accepted" | "duplicate" | "updated" | "ignored" | "test" | "rejected";
                origin?: "postback" | "pixel";
                /** @description Only requests that are reprocessed automatically when their mapping, link or transaction appears. */
                waiting?: "true";
                networkId?: string;
                reason?: string;
                clickId?: string;
                linkId?: string;
                conversionId?: string;
                /** @description Received at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                from?: string;
                /** @description Received before this time. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
                /** @description Text contained in query, body, hint or click id, regardless of case: a transaction id, for example. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PostbackLogController_count: {
        parameters: {
            query?: {
                origin?: "postback" | "pixel";
                /** @description Only requests that are reprocessed automatically when their mapping, link or transaction appears. */
                waiting?: "true";
                networkId?: string;
                reason?: string;
                clickId?: string;
                linkId?: string;
                conversionId?: string;
                /** @description Received at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
                from?: string;
                /** @description Received before this time. A date without a time includes that day, in the workspace's time zone. */
                to?: string;
                /** @description Text contained in query, body, hint or click id, regardless of case: a transaction id, for example. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackCountsResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PostbackLogController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackDetailResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PostbackLogController_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackOutcomeResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PostbackLogController_accept: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptPostbackRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackOutcomeResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    BulkReplaysController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBulkReplayRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkReplayResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    BulkReplaysController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkReplayResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    BulkReplaysController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkReplayResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworkDebuggerController_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestNetworkRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestNetworkResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    NetworkDebuggerController_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewPostbackRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewPostbackResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MappingChangesController_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MappingChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingChangePreviewResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MappingChangesController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MappingChangeRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingChangeResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MappingChangesController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                changeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingChangeResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MappingChangesController_undo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                changeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingChangeResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    MappingChangesController_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                changeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingChangeResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    PixelController_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always a transparent pixel; `X-Hopback-Verdict` and `X-Hopback-Reason` have the result */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description There is no such thing in this workspace */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description URL and headers have more than 16 KiB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Our fault; the log has the requestId */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": string;
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    TrackController_track: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            /** @description Not allowed: see the postback log */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                };
            };
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Rejected: see `reason`, and the postback log for a hint; or, as a problem, the body is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostbackAnswer"];
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    TrackController_preflight: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Any origin may post JSON, without credentials */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    SnippetController_serve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ConversionStoryController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionStoryResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportsController_report: {
        parameters: {
            query?: {
                /** @description Whether conversions count at the time of their click (default) or at their own. */
                timeBy?: "click" | "conversion";
                /** @description Move the compared period so that it begins on the same day of the week. */
                matchWeekday?: "true" | "false";
                /** @description Whether the file begins with a byte order mark, which Excel needs to read UTF-8. Default: `true` where a browser downloads it. */
                bom?: "true" | "false";
                /** @description Maximum rows. Default: 500 in JSON, all in CSV. The rest is summed up in `others`. */
                limit?: number;
                /** @description Up to three dimensions, separated by commas. Without any, the answer has only totals. */
                groupBy?: string;
                /** @description Metrics or dimensions, separated by commas; `-` for descending. Default: `-clicks`, or the first dimension when it is a time. */
                sort?: string;
                /** @description Link ids: `lnk_1,lnk_2`. Like all filters: `a`, `a,b` (one of), `-a,b` (none of), `(none)` (without a value). */
                link?: string;
                /** @description Host names of links. */
                domain?: string;
                /** @description Campaigns of links. Texts also take `~part` (contains) and `-~part`. */
                campaign?: string;
                /** @description Tags of links. A click counts in the row of each tag of its link. */
                tag?: string;
                /** @description Traffic sources: the click's `source` parameter, else `utm_source`. */
                source?: string;
                /** @description Values of this sub id. */
                sub1?: string;
                /** @description Values of this sub id. */
                sub2?: string;
                /** @description Values of this sub id. */
                sub3?: string;
                /** @description Values of this sub id. */
                sub4?: string;
                /** @description Values of this sub id. */
                sub5?: string;
                /** @description Values of this sub id. */
                sub6?: string;
                /** @description Values of this sub id. */
                sub7?: string;
                /** @description Values of this sub id. */
                sub8?: string;
                /** @description Values of this sub id. */
                sub9?: string;
                /** @description Values of this sub id. */
                sub10?: string;
                /** @description Network ids: of the conversion, and for clicks of the link. */
                network?: string;
                /** @description Variants, as `variant` or `rule/variant`. */
                variant?: string;
                /** @description Rules that decided the destination. */
                rule?: string;
                /** @description Event types. It filters conversions only. */
                eventType?: string;
                /** @description Statuses. It filters conversions only. */
                status?: string;
                /** @description Countries, ISO 3166-1 alpha-2. */
                country?: string;
                /** @description Regions with their country: `DE-Bavaria`. */
                region?: string;
                /** @description Cities with their country: `DE-Munich`. */
                city?: string;
                /** @description Numbers of autonomous systems. */
                asn?: string;
                /** @description Kinds of devices. */
                device?: string;
                /** @description Operating systems. */
                os?: string;
                /** @description Browsers. */
                browser?: string;
                /** @description Browsers within apps. */
                inApp?: string;
                /** @description Primary languages: `de`. */
                language?: string;
                /** @description Hosts of referrers. */
                referrer?: string;
                /** @description Reasons why clicks are not of people; `(none)`: clicks of people. */
                botReason?: string;
                /** @description Hours by their start: `2026-11-23T10:00:00Z`. */
                hour?: string;
                /** @description Days: `2026-11-23`. */
                day?: string;
                /** @description Weeks by one of their days. */
                week?: string;
                /** @description Months: `2026-11`. */
                month?: string;
                /** @description Days of the week, 1 (Monday) to 7. */
                weekday?: string;
                /** @description Hours of the day, 0 to 23. */
                hourOfDay?: string;
                /** @description Start, inclusive. A date without a time is the start of that day in `timezone`. Default: six days before the last day. */
                from?: string;
                /** @description End, exclusive. A date without a time includes that day. Default: the end of today. */
                to?: string;
                /** @description IANA time zone of days and hours. Default: that of the workspace. */
                timezone?: string;
                /** @description One node of a drill-down: exact values of dimensions, as in `country:DE,device:mobile`. */
                under?: string;
                /** @description Metrics by name, separated by commas. Default: the common ones. */
                metrics?: string;
                /** @description A second period to compare with: `previous` (of the same length, right before), `year`, or `2026-10-01..2026-10-31`. */
                compare?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportResponse"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportViewsController_timeseries: {
        parameters: {
            query?: {
                /** @description Whether conversions count at the time of their click (default) or at their own. */
                timeBy?: "click" | "conversion";
                /** @description Move the compared period so that it begins on the same day of the week. */
                matchWeekday?: "true" | "false";
                /** @description Length of a point. Default: `day`. */
                interval?: "hour" | "day" | "week" | "month";
                /** @description Start, inclusive. A date without a time is the start of that day in `timezone`. Default: six days before the last day. */
                from?: string;
                /** @description End, exclusive. A date without a time includes that day. Default: the end of today. */
                to?: string;
                /** @description IANA time zone of days and hours. Default: that of the workspace. */
                timezone?: string;
                /** @description One node of a drill-down: exact values of dimensions, as in `country:DE,device:mobile`. */
                under?: string;
                /** @description Metrics by name, separated by commas. Default: the common ones. */
                metrics?: string;
                /** @description A second period to compare with: `previous` (of the same length, right before), `year`, or `2026-10-01..2026-10-31`. */
                compare?: string;
                /** @description Link ids: `lnk_1,lnk_2`. Like all filters: `a`, `a,b` (one of), `-a,b` (none of), `(none)` (without a value). */
                link?: string;
                /** @description Host names of links. */
                domain?: string;
                /** @description Campaigns of links. Texts also take `~part` (contains) and `-~part`. */
                campaign?: string;
                /** @description Tags of links. A click counts in the row of each tag of its link. */
                tag?: string;
                /** @description Traffic sources: the click's `source` parameter, else `utm_source`. */
                source?: string;
                /** @description Values of this sub id. */
                sub1?: string;
                /** @description Values of this sub id. */
                sub2?: string;
                /** @description Values of this sub id. */
                sub3?: string;
                /** @description Values of this sub id. */
                sub4?: string;
                /** @description Values of this sub id. */
                sub5?: string;
                /** @description Values of this sub id. */
                sub6?: string;
                /** @description Values of this sub id. */
                sub7?: string;
                /** @description Values of this sub id. */
                sub8?: string;
                /** @description Values of this sub id. */
                sub9?: string;
                /** @description Values of this sub id. */
                sub10?: string;
                /** @description Network ids: of the conversion, and for clicks of the link. */
                network?: string;
                /** @description Variants, as `variant` or `rule/variant`. */
                variant?: string;
                /** @description Rules that decided the destination. */
                rule?: string;
                /** @description Event types. It filters conversions only. */
                eventType?: string;
                /** @description Statuses. It filters conversions only. */
                status?: string;
                /** @description Countries, ISO 3166-1 alpha-2. */
                country?: string;
                /** @description Regions with their country: `DE-Bavaria`. */
                region?: string;
                /** @description Cities with their country: `DE-Munich`. */
                city?: string;
                /** @description Numbers of autonomous systems. */
                asn?: string;
                /** @description Kinds of devices. */
                device?: string;
                /** @description Operating systems. */
                os?: string;
                /** @description Browsers. */
                browser?: string;
                /** @description Browsers within apps. */
                inApp?: string;
                /** @description Primary languages: `de`. */
                language?: string;
                /** @description Hosts of referrers. */
                referrer?: string;
                /** @description Reasons why clicks are not of people; `(none)`: clicks of people. */
                botReason?: string;
                /** @description Hours by their start: `2026-11-23T10:00:00Z`. */
                hour?: string;
                /** @description Days: `2026-11-23`. */
                day?: string;
                /** @description Weeks by one of their days. */
                week?: string;
                /** @description Months: `2026-11`. */
                month?: string;
                /** @description Days of the week, 1 (Monday) to 7. */
                weekday?: string;
                /** @description Hours of the day, 0 to 23. */
                hourOfDay?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeseriesResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportViewsController_funnel: {
        parameters: {
            query?: {
                /** @description Whether conversions count at the time of their click (default) or at their own. */
                timeBy?: "click" | "conversion";
                /** @description Move the compared period so that it begins on the same day of the week. */
                matchWeekday?: "true" | "false";
                /** @description Link ids: `lnk_1,lnk_2`. Like all filters: `a`, `a,b` (one of), `-a,b` (none of), `(none)` (without a value). */
                link?: string;
                /** @description Host names of links. */
                domain?: string;
                /** @description Campaigns of links. Texts also take `~part` (contains) and `-~part`. */
                campaign?: string;
                /** @description Tags of links. A click counts in the row of each tag of its link. */
                tag?: string;
                /** @description Traffic sources: the click's `source` parameter, else `utm_source`. */
                source?: string;
                /** @description Values of this sub id. */
                sub1?: string;
                /** @description Values of this sub id. */
                sub2?: string;
                /** @description Values of this sub id. */
                sub3?: string;
                /** @description Values of this sub id. */
                sub4?: string;
                /** @description Values of this sub id. */
                sub5?: string;
                /** @description Values of this sub id. */
                sub6?: string;
                /** @description Values of this sub id. */
                sub7?: string;
                /** @description Values of this sub id. */
                sub8?: string;
                /** @description Values of this sub id. */
                sub9?: string;
                /** @description Values of this sub id. */
                sub10?: string;
                /** @description Network ids: of the conversion, and for clicks of the link. */
                network?: string;
                /** @description Variants, as `variant` or `rule/variant`. */
                variant?: string;
                /** @description Rules that decided the destination. */
                rule?: string;
                /** @description Event types. It filters conversions only. */
                eventType?: string;
                /** @description Statuses. It filters conversions only. */
                status?: string;
                /** @description Countries, ISO 3166-1 alpha-2. */
                country?: string;
                /** @description Regions with their country: `DE-Bavaria`. */
                region?: string;
                /** @description Cities with their country: `DE-Munich`. */
                city?: string;
                /** @description Numbers of autonomous systems. */
                asn?: string;
                /** @description Kinds of devices. */
                device?: string;
                /** @description Operating systems. */
                os?: string;
                /** @description Browsers. */
                browser?: string;
                /** @description Browsers within apps. */
                inApp?: string;
                /** @description Primary languages: `de`. */
                language?: string;
                /** @description Hosts of referrers. */
                referrer?: string;
                /** @description Reasons why clicks are not of people; `(none)`: clicks of people. */
                botReason?: string;
                /** @description Hours by their start: `2026-11-23T10:00:00Z`. */
                hour?: string;
                /** @description Days: `2026-11-23`. */
                day?: string;
                /** @description Weeks by one of their days. */
                week?: string;
                /** @description Months: `2026-11`. */
                month?: string;
                /** @description Days of the week, 1 (Monday) to 7. */
                weekday?: string;
                /** @description Hours of the day, 0 to 23. */
                hourOfDay?: string;
                /** @description Start, inclusive. A date without a time is the start of that day in `timezone`. Default: six days before the last day. */
                from?: string;
                /** @description End, exclusive. A date without a time includes that day. Default: the end of today. */
                to?: string;
                /** @description IANA time zone of days and hours. Default: that of the workspace. */
                timezone?: string;
                /** @description One node of a drill-down: exact values of dimensions, as in `country:DE,device:mobile`. */
                under?: string;
                /** @description A second period to compare with: `previous` (of the same length, right before), `year`, or `2026-10-01..2026-10-31`. */
                compare?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FunnelResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportViewsController_heatmap: {
        parameters: {
            query?: {
                /** @description Whether conversions count at the time of their click (default) or at their own. */
                timeBy?: "click" | "conversion";
                /** @description Move the compared period so that it begins on the same day of the week. */
                matchWeekday?: "true" | "false";
                /** @description Start, inclusive. A date without a time is the start of that day in `timezone`. Default: six days before the last day. */
                from?: string;
                /** @description End, exclusive. A date without a time includes that day. Default: the end of today. */
                to?: string;
                /** @description IANA time zone of days and hours. Default: that of the workspace. */
                timezone?: string;
                /** @description One node of a drill-down: exact values of dimensions, as in `country:DE,device:mobile`. */
                under?: string;
                /** @description Metrics by name, separated by commas. Default: the common ones. */
                metrics?: string;
                /** @description A second period to compare with: `previous` (of the same length, right before), `year`, or `2026-10-01..2026-10-31`. */
                compare?: string;
                /** @description Link ids: `lnk_1,lnk_2`. Like all filters: `a`, `a,b` (one of), `-a,b` (none of), `(none)` (without a value). */
                link?: string;
                /** @description Host names of links. */
                domain?: string;
                /** @description Campaigns of links. Texts also take `~part` (contains) and `-~part`. */
                campaign?: string;
                /** @description Tags of links. A click counts in the row of each tag of its link. */
                tag?: string;
                /** @description Traffic sources: the click's `source` parameter, else `utm_source`. */
                source?: string;
                /** @description Values of this sub id. */
                sub1?: string;
                /** @description Values of this sub id. */
                sub2?: string;
                /** @description Values of this sub id. */
                sub3?: string;
                /** @description Values of this sub id. */
                sub4?: string;
                /** @description Values of this sub id. */
                sub5?: string;
                /** @description Values of this sub id. */
                sub6?: string;
                /** @description Values of this sub id. */
                sub7?: string;
                /** @description Values of this sub id. */
                sub8?: string;
                /** @description Values of this sub id. */
                sub9?: string;
                /** @description Values of this sub id. */
                sub10?: string;
                /** @description Network ids: of the conversion, and for clicks of the link. */
                network?: string;
                /** @description Variants, as `variant` or `rule/variant`. */
                variant?: string;
                /** @description Rules that decided the destination. */
                rule?: string;
                /** @description Event types. It filters conversions only. */
                eventType?: string;
                /** @description Statuses. It filters conversions only. */
                status?: string;
                /** @description Countries, ISO 3166-1 alpha-2. */
                country?: string;
                /** @description Regions with their country: `DE-Bavaria`. */
                region?: string;
                /** @description Cities with their country: `DE-Munich`. */
                city?: string;
                /** @description Numbers of autonomous systems. */
                asn?: string;
                /** @description Kinds of devices. */
                device?: string;
                /** @description Operating systems. */
                os?: string;
                /** @description Browsers. */
                browser?: string;
                /** @description Browsers within apps. */
                inApp?: string;
                /** @description Primary languages: `de`. */
                language?: string;
                /** @description Hosts of referrers. */
                referrer?: string;
                /** @description Reasons why clicks are not of people; `(none)`: clicks of people. */
                botReason?: string;
                /** @description Hours by their start: `2026-11-23T10:00:00Z`. */
                hour?: string;
                /** @description Days: `2026-11-23`. */
                day?: string;
                /** @description Weeks by one of their days. */
                week?: string;
                /** @description Months: `2026-11`. */
                month?: string;
                /** @description Days of the week, 1 (Monday) to 7. */
                weekday?: string;
                /** @description Hours of the day, 0 to 23. */
                hourOfDay?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeatmapResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportViewsController_values: {
        parameters: {
            query: {
                /** @description Whether conversions count at the time of their click (default) or at their own. */
                timeBy?: "click" | "conversion";
                /** @description Link ids: `lnk_1,lnk_2`. Like all filters: `a`, `a,b` (one of), `-a,b` (none of), `(none)` (without a value). */
                link?: string;
                /** @description Host names of links. */
                domain?: string;
                /** @description Campaigns of links. Texts also take `~part` (contains) and `-~part`. */
                campaign?: string;
                /** @description Tags of links. A click counts in the row of each tag of its link. */
                tag?: string;
                /** @description Traffic sources: the click's `source` parameter, else `utm_source`. */
                source?: string;
                /** @description Values of this sub id. */
                sub1?: string;
                /** @description Values of this sub id. */
                sub2?: string;
                /** @description Values of this sub id. */
                sub3?: string;
                /** @description Values of this sub id. */
                sub4?: string;
                /** @description Values of this sub id. */
                sub5?: string;
                /** @description Values of this sub id. */
                sub6?: string;
                /** @description Values of this sub id. */
                sub7?: string;
                /** @description Values of this sub id. */
                sub8?: string;
                /** @description Values of this sub id. */
                sub9?: string;
                /** @description Values of this sub id. */
                sub10?: string;
                /** @description Network ids: of the conversion, and for clicks of the link. */
                network?: string;
                /** @description Variants, as `variant` or `rule/variant`. */
                variant?: string;
                /** @description Rules that decided the destination. */
                rule?: string;
                /** @description Event types. It filters conversions only. */
                eventType?: string;
                /** @description Statuses. It filters conversions only. */
                status?: string;
                /** @description Countries, ISO 3166-1 alpha-2. */
                country?: string;
                /** @description Regions with their country: `DE-Bavaria`. */
                region?: string;
                /** @description Cities with their country: `DE-Munich`. */
                city?: string;
                /** @description Numbers of autonomous systems. */
                asn?: string;
                /** @description Kinds of devices. */
                device?: string;
                /** @description Operating systems. */
                os?: string;
                /** @description Browsers. */
                browser?: string;
                /** @description Browsers within apps. */
                inApp?: string;
                /** @description Primary languages: `de`. */
                language?: string;
                /** @description Hosts of referrers. */
                referrer?: string;
                /** @description Reasons why clicks are not of people; `(none)`: clicks of people. */
                botReason?: string;
                /** @description Hours by their start: `2026-11-23T10:00:00Z`. */
                hour?: string;
                /** @description Days: `2026-11-23`. */
                day?: string;
                /** @description Weeks by one of their days. */
                week?: string;
                /** @description Months: `2026-11`. */
                month?: string;
                /** @description Days of the week, 1 (Monday) to 7. */
                weekday?: string;
                /** @description Hours of the day, 0 to 23. */
                hourOfDay?: string;
                /** @description Start, inclusive. A date without a time is the start of that day in `timezone`. Default: six days before the last day. */
                from?: string;
                /** @description End, exclusive. A date without a time includes that day. Default: the end of today. */
                to?: string;
                /** @description IANA time zone of days and hours. Default: that of the workspace. */
                timezone?: string;
                /** @description One node of a drill-down: exact values of dimensions, as in `country:DE,device:mobile`. */
                under?: string;
                /** @description The dimension whose values are listed. */
                dimension: "link" | "source" | "sub1" | "sub2" | "sub3" | "sub4" | "sub5" | "sub6" | "sub7" | "sub8" | "sub9" | "sub10" | "rule" | "variant" | "country" | "region" | "city" | "asn" | "device" | "os" | "browser" | "inApp" | "language" | "referrer" | "botReason" | "domain" | "campaign" | "tag" | "network" | "eventType" | "status" | "hour" | "day" | "week" | "month" | "weekday" | "hourOfDay";
                limit?: number;
                /** @description Only values whose text or name contains this. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DimensionValuesResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportViewsController_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportFormulasController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportFormulaListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportFormulasController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReportFormulaRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportFormulaResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportFormulasController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    ReportFormulasController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateReportFormulaRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportFormulaResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    CostsController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
                /** @description Costs of days that begin at or after this time. */
                from?: string;
                /** @description Costs of days that begin before this time. A date without a time includes that day. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    CostsController_upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON, or CSV with a header of these names: one line for each cost. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadCostsRequest"] | string;
                "text/csv": components["schemas"]["UploadCostsRequest"] | string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostsUploadedResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    CostsController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    EventsController_stream: {
        parameters: {
            query?: {
                /** @description `click`, `postback`, `conversion`. Default: all that the key may read. */
                types?: string;
                /** @description Link ids. */
                link?: string;
                /** @description Network ids. Clicks have no network, so they do not match. */
                network?: string;
                /** @description Countries, ISO 3166-1 alpha-2. Postbacks have no country, so they do not match. */
                country?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub1?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub2?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub3?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub4?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub5?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub6?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub7?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub8?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub9?: string;
                /** @description Values of this sub id. Postbacks have no sub ids, so they do not match. */
                sub10?: string;
            };
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    SearchController_search: {
        parameters: {
            query: {
                /** @description An id, a short URL, a slug, a transaction id, a click id, a name or a part of one. White space around it is ignored. */
                q: string;
                /** @description Maximum number of results. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    SetupController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DemoWorkspaceController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoWorkspaceResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DemoWorkspaceController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoWorkspaceResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    DemoWorkspaceController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    UtmTemplatesController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UtmTemplateListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    UtmTemplatesController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUtmTemplateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UtmTemplateResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    UtmTemplatesController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UtmTemplateResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    UtmTemplatesController_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    UtmTemplatesController_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateUtmTemplateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UtmTemplateResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AbuseReportsController_list: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: number;
                /** @description `page.nextCursor` of the previous page. */
                cursor?: string;
                status?: "open" | "resolved";
                linkId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AbuseReportListResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    AbuseReportsController_resolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveAbuseReportRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AbuseReportResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
