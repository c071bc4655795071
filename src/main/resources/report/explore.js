// Shows the contract of the API; nothing of it is asked from elsewhere.
(() => {
  "use strict";
  const box = document.querySelector("#api");
  window.SwaggerUIBundle({
    url: box.dataset.source,
    domNode: box,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    validatorUrl: "none",
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
  });
})();
