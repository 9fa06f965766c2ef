import { ApiProblem } from './problem';

interface Upload {
  contentType: string;
  body: Blob;
  /** Called with the sent part, 0 to 1. */
  onProgress: (sent: number) => void;
  signal?: AbortSignal;
}

/** Posts a file as it stands and tells how much of it is sent, which `fetch` cannot. `path` begins with `/api/v1`. */
export function uploadFile<Answer>(path: string, { contentType, body, onProgress, signal }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', contentType);
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Answer);
      else reject(problemOf(request));
    };
    request.onerror = () => reject(new ApiProblem(0, { detail: UNREACHABLE }));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}

const UNREACHABLE = 'The file could not be sent. Check your connection, and try again: nothing that you chose is lost.';

function problemOf({ status, responseText }: XMLHttpRequest): ApiProblem {
  try {
    return new ApiProblem(status, JSON.parse(responseText) as object);
  } catch {
    return new ApiProblem(status, {});
  }
}
