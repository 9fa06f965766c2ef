/**
 * Programs that fetch a link for a preview in a message or a post. User agents of browsers inside apps must not match: those of
 * Pinterest, Snapchat and the like contain the name of the app.
 */
const PREVIEW_BOT =
  /facebookexternalhit\/|Facebot\b|Twitterbot\/|^(?:WhatsApp|Viber)\/|TelegramBot\b|Slackbot|Slack-ImgProxy|Discordbot\/|LinkedInBot\/|SkypeUriPreview|vkShare\b|redditbot\/|Pinterestbot\/|Iframely\/|Embedly\/|Mastodon\/|Bluesky Cardyb|Snap URL Preview|MicrosoftPreview\/|ZoomBot\b/i;

/** Whether the user agent is that of a program that fetches link previews. */
export function isPreviewBot(userAgent: string): boolean {
  return PREVIEW_BOT.test(userAgent);
}
