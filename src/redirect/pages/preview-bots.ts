/**
 * Programs that fetch a link to show a card of it in a message or a post. Only such as no person's browser calls itself:
 * the browsers inside Pinterest, Snapchat and the like have their app's name in theirs.
 */
const PREVIEW_BOT =
  /facebookexternalhit\/|Facebot\b|Twitterbot\/|^(?:WhatsApp|Viber)\/|TelegramBot\b|Slackbot|Slack-ImgProxy|Discordbot\/|LinkedInBot\/|SkypeUriPreview|vkShare\b|redditbot\/|Pinterestbot\/|Iframely\/|Embedly\/|Mastodon\/|Bluesky Cardyb|Snap URL Preview|MicrosoftPreview\/|ZoomBot\b/i;

/** Whether it fetches previews of links. */
export function isPreviewBot(userAgent: string): boolean {
  return PREVIEW_BOT.test(userAgent);
}
