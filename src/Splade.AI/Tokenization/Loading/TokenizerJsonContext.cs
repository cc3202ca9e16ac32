using System.Text.Json.Serialization;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Serialization code made at compile time, so that ahead-of-time compiled and trimmed applications can read the files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TokenizerJson))]
[JsonSerializable(typeof(BertNormalizerJson))]
[JsonSerializable(typeof(WordPieceJson))]
[JsonSerializable(typeof(BpeJson))]
[JsonSerializable(typeof(TemplateProcessingJson))]
[JsonSerializable(typeof(BertProcessingJson))]
internal sealed partial class TokenizerJsonContext : JsonSerializerContext;
