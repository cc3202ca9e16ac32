using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>
/// A <c>post_processor</c> of type <c>BertProcessing</c> or <c>RobertaProcessing</c>: each token is an array of its text and its id.
/// </summary>
internal sealed record BertProcessingJson
{
    public required string Type { get; init; }

    public required JsonElement[] Sep { get; init; }

    public required JsonElement[] Cls { get; init; }
}
