import { IsString, Length } from 'class-validator';

export class CreateWorkspaceRequest {
  /** What the team calls it. */
  @IsString()
  @Length(1, 100)
  name: string;
}

export class WorkspaceCreatedResponse {
  /** @example "wsp_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /** Key of the workspace's owner. Shown this once. */
  apiKey: string;
}
