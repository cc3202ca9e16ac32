using Microsoft.Extensions.Logging;
using Splade.AI.Explanation;

namespace Splade.AI.Tools;

/// <summary>What the functions of one set work with. Owns neither the encoder nor the retriever.</summary>
/// <param name="GetEncoderAsync">Gives the encoder, perhaps one that is loaded for it: an engine, or what explains another.</param>
/// <param name="Options">What is offered, and how much is given. Nobody changes them any more.</param>
/// <param name="Logger">Where failures are logged with their reasons.</param>
internal sealed record ToolContext(Func<CancellationToken, Task<ISparseExplainer>> GetEncoderAsync, SpladeAIToolsOptions Options, ILogger Logger);
