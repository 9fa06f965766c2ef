import { createHash } from 'node:crypto';
import { minify } from './minify.js';

/**
 * The source of `/hopback.js`; docs/pixel.md is its user documentation. ES5, no dependencies, less than 3 KB as served (tested).
 * No error may reach the page. `minify` says how it must be written.
 */
const SOURCE = String.raw`
(function ($window, $document) {
  // Storage and cookies throw where they are blocked: then they count as empty.
  function $quietly($work, $argument) {
    try { return $work($argument); } catch ($error) {}
  }

  $quietly(function () {
    var $script = $document.currentScript || $document.querySelector('script[src*="/hopback.js"]'),
      $early = $window.hopback || {}, $encode = encodeURIComponent, $now = +new Date(), $maxAge = 7776e6, $name = 'hopback_click',
      $sent = {}, $id, $fromUrl, $inCookie, $stored, $since;

    function $attribute($key) { return $script.getAttribute('data-' + $key) || ''; }
    function $reportOwnEvent() {
      $window.hopback($attribute('event'), {
        payout: $attribute('payout'), currency: $attribute('currency'), txid: $attribute('txid')
      });
    }
    // A second script in the page only reports its event.
    if ($early.clickId != null) return $reportOwnEvent();

    var $networkKey = $attribute('key'), $param = $attribute('param') || 'click_id',
      $linkParam = $attribute('link-param') || $param, $hosts = $attribute('links').toLowerCase().split(/[\s,]+/);

    function $valid($text) { return /^[0-9A-Za-z]{20,32}$/.test($text) ? $text : ''; }
    function $isOf($pair, $key) {
      $pair = $pair.split('=')[0];
      return $pair == $key || $pair == $encode($key);
    }
    // The first value of a parameter that is not empty.
    function $find($query, $key) {
      return $query.split('&').map(function ($pair) {
        return $isOf($pair, $key) ? $pair.split('=').slice(1).join('=') : '';
      }).filter(Boolean)[0];
    }

    // The page's URL comes first, then the cookie: the site's hosts share it, so it is never older than the storage.
    $fromUrl = $valid($find(location.search.slice(1), $param));
    $inCookie = $quietly(function () { return $valid(/(?:^|;.)hopback_click=(\w+)/.exec($document.cookie)[1]); });
    $quietly(function () {
      $since = +localStorage[$name + '_at'];
      $stored = $now - $since < $maxAge && $valid(localStorage[$name]);
    });
    $id = $fromUrl || $inCookie || $stored || '';
    if ($fromUrl || $id != $stored) $since = $now;
    if ($id) {
      $quietly(function () {
        localStorage[$name] = $id;
        localStorage[$name + '_at'] = $since;
      });
      if ($fromUrl || !$inCookie) $quietly(function () {
        var $own = $attribute('domain'), $labels = ($own || location.hostname).split('.'), $domains = [''], $i;
        function $put($value, $ms) {
          $document.cookie = $name + '=' + $value + '; path=/; max-age=' + Math.round($ms / 1e3) + '; SameSite=Lax' +
            (location.protocol == 'https:' ? '; Secure' : '') + $domains[$i];
        }
        for ($i = 0; $i < ($own ? 1 : $labels.length); $i++) $domains.push('; domain=' + $labels.slice($i).join('.'));
        // An old one on a narrower domain would hide the new one.
        for ($i = 0; $i < $domains.length; $i++) $put('', 0);
        // Tries the widest domain first, until the browser accepts one.
        while ($i-- && $document.cookie.indexOf($name + '=' + $id) < 0) $put($id, $maxAge - $now + $since);
      });
    }

    function $fire($event, $options) {
      var $body = { key: $networkKey, clickId: $id, event: '' + $event }, $query = 'click_id=' + $id + '&event=' + $encode($event),
        $origin = /^https?:..[^\/]+/.exec($script.src)[0], $url = $origin + '/api/v1/track', $once, $text;
      ['payout', 'currency', 'txid', 'playerId'].map(function ($key) {
        var $value = ($options || {})[$key];
        if ($value || $value === 0) {
          $body[$key] = '' + $value;
          $query += '&' + $key.replace('I', '_i') + '=' + $encode($value);
        }
      });
      $once = $name + ':' + $id + ':' + $event + ':' + ($body.txid || '');
      if ($sent[$once] || $quietly(function () { return sessionStorage[$once]; })) return;
      $sent[$once] = 1;
      $quietly(function () { sessionStorage[$once] = 1; });
      $text = JSON.stringify($body);
      function $pixel() { new Image().src = $origin + '/pixel/' + $networkKey + '.gif?' + $query; }
      $quietly(function () { return navigator.sendBeacon($url, $text); }) || $quietly(function () {
        fetch($url, { method: 'POST', body: $text, keepalive: true, credentials: 'omit' }).then(null, $pixel);
        return 1;
      }) || $pixel();
    }

    function $api($event, $options) {
      if ($id && $networkKey && $event) $quietly(function () { $fire($event, $options); });
    }
    $window.hopback = $api;
    $api.clickId = $id;
    $api.id = function () { return $id; };
    ($early.q || []).map(function ($call) { $api($call[0], $call[1]); });
    $reportOwnEvent();

    function $fill($link) {
      var $href = $link.getAttribute('href'), $host = $link.hostname, $parts, $pairs;
      if (/^https?:$/.test($link.protocol) && $hosts.some(function ($listed) {
        return $listed == $host || !$listed.indexOf('*.') && $host.slice(1 - $listed.length) == $listed.slice(1);
      })) {
        $parts = /^([^?#]*)\??([^#]*)([^]*)/.exec($href.replace(/(\{|%7b)click_id(\}|%7d)/gi, $id));
        $pairs = $parts[2].split('&');
        if (!$find($parts[2], $linkParam)) {
          $pairs = $pairs.filter(function ($pair) { return $pair && !$isOf($pair, $linkParam); });
          $pairs.push($encode($linkParam) + '=' + $id);
        }
        $parts = $parts[1] + '?' + $pairs.join('&') + $parts[3];
        if ($parts != $href) $link.setAttribute('href', $parts);
      }
    }
    function $fillAll() { [].map.call($document.links, function ($link) { $quietly($fill, $link); }); }
    if ($id && $attribute('links')) {
      $fillAll();
      $document.addEventListener('DOMContentLoaded', $fillAll);
      // Links that were added later. contextmenu: "open in a new tab".
      ['click', 'auxclick', 'contextmenu'].map(function ($type) {
        $window.addEventListener($type, function ($event) {
          var $node = $event.composedPath ? $event.composedPath()[0] : $event.target;
          for (; $node; $node = $node.parentNode || $node.host) $quietly($fill, $node);
        }, true);
      });
    }
  });
})(window, document);
`;

/** The snippet as served. */
export const SNIPPET = minify(SOURCE);

/** A hash of the snippet. */
export const SNIPPET_ETAG = `"${createHash('sha256').update(SNIPPET).digest('base64url').slice(0, 22)}"`;
