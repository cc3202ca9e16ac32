using Microsoft.Extensions.Logging;

namespace Splade.AI.Tools;

/// <summary>What the functions of one set work with. Owns neither the engine nor the retriever.</summary>
/// <param name="GetEngineAsync">Gives the engine, perhaps one that is loaded for it.</param>
/// <param name="Options">What is offered, and how much is given. Nobody changes them any more.</param>
/// <param name="Logger">Where failures are logged with their reasons.</param>
internal sealed record ToolContext(Func<CancellationToken, Task<SpladeEngine>> GetEngineAsync, SpladeAIToolsOptions Options, ILogger Logger);
