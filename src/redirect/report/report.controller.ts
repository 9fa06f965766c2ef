import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { DomainCache } from '../../domains/domain-cache.service.js';
import { AbuseReports } from '../../links/abuse/abuse-reports.service.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import { LinkCache } from '../../links/cache/link-cache.service.js';
import { slugOfPath } from '../../links/rules/slug.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { Public } from '../../platform/http/public.decorator.js';
import { TakesBody } from '../../platform/http/bodies/route-body.js';
import { limitedLog } from '../../platform/logging/limited-log.js';
import { outageLog } from '../../platform/logging/outage-log.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { findLink } from '../rules/find-link.js';
import { LinkSearches } from '../link-search.js';
import { hostnameOf } from '../../domains/rules/hostname.js';
import { formFields, sendPage } from '../pages/form.js';
import { linkPath } from '../pages/layout.js';
import { type AbuseContact, messagePage, reportedPage, reportPage } from '../pages/report-page.js';
import { notFoundAnswer, type PageAnswer, tooManyUnknownAnswer } from '../pages/visitor-pages.js';
import { readReport } from './read-report.js';
import { ReportLimit } from './report-limit.service.js';

/** Receives reports of abuse from visitors, on every domain with links. */
@ApiExcludeController()
@Public()
@Controller('_')
export class ReportController {
  private readonly contact: AbuseContact;
  private readonly searches: LinkSearches;

  constructor(
    @Inject(SETTINGS) { abuseEmail, abuseUrl, rateLimits }: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    domains: DomainCache,
    links: LinkCache,
    private readonly reports: AbuseReports,
    private readonly limit: ReportLimit,
  ) {
    this.contact = { email: abuseEmail, url: abuseUrl };
    this.searches = new LinkSearches(domains, links, rateLimits.address);
  }

  @Get('report')
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const slug = new URL(request.url, 'http://x').searchParams.get('slug') ?? '';
    await this.answer(request, reply, slug, async () => ({ status: 200, html: reportPage(slug, this.contact) }));
  }

  @TakesBody({ any: 'bytes' })
  @Post('report')
  @HttpCode(200)
  async receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = formFields(request);
    const slug = fields.get('slug') ?? '';
    await this.answer(request, reply, slug, async ({ routed: link }) => {
      const report = readReport(fields);
      if (typeof report === 'string') return { status: 422, html: reportPage(slug, this.contact, report) };
      const wait = await this.limit.take(request.ip);
      if (wait > 0) {
        const html = messagePage('Too many reports', 'You have sent many reports. Please send this one later.');
        return { status: 429, html, headers: { 'retry-after': String(wait) } };
      }
      if (!(await this.reports.add(link, report))) {
        limitedLog(this.logger).warn(
          { linkId: link._id },
          'a link has the maximum number of open reports of abuse; the new one is not stored',
        );
      }
      return { status: 200, html: reportedPage(this.contact) };
    });
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    slugAsWritten: string,
    page: (link: CompiledLink) => Promise<PageAnswer>,
  ): Promise<void> {
    try {
      const slug = slugOfPath(linkPath(slugAsWritten));
      const hostname = hostnameOf(request.headers.host ?? '');
      const search = this.searches.begin(request.ip);
      const { domains, links } = search;
      const found = slug === undefined ? undefined : await findLink(domains, links, hostname, slug);
      if (found !== undefined) await sendPage(reply, await page(found.link));
      else await sendPage(reply, this.searches.isTooMany(search) ? tooManyUnknownAnswer() : notFoundAnswer());
    } catch (error) {
      if (isUnavailable(error)) outageLog(this.logger, 'MongoDB').noteFailure(error);
      else limitedLog(this.logger).error({ err: error }, 'a report of abuse could not be stored; answered 503');
      const html = messagePage('Not now', 'Reports cannot be stored at the moment. Please try again shortly.');
      await sendPage(reply, { status: 503, html, headers: { 'retry-after': '5' } });
    }
  }
}
