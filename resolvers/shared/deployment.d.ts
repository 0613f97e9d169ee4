/** What serviceStatus tells. The bundler replaces `DEPLOYMENT.region` and the like by string literals. */
declare const DEPLOYMENT: { readonly rung: string; readonly region: string; readonly build: string };
