using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>JSON options that know <see cref="SparseEmbedding"/> as a kind of <see cref="Embedding"/>.</summary>
public static partial class SpladeJsonUtilities
{
    /// <summary>
    /// The options of <see cref="AIJsonUtilities.DefaultOptions"/>, which in addition read and write a <see cref="SparseEmbedding"/>
    /// wherever an <see cref="Embedding"/> is declared, with <c>"$type": "sparse"</c>. Read-only, source-generated, safe for concurrent use.
    /// </summary>
    public static JsonSerializerOptions DefaultOptions { get; } = CreateDefaultOptions();

    private static JsonSerializerOptions CreateDefaultOptions()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions);
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(SpladeJsonContext.Default, options.TypeInfoResolver).WithAddedModifier(AddSparse);
        options.MakeReadOnly();
        return options;
    }

    private static void AddSparse(JsonTypeInfo type)
    {
        if (type.Type == typeof(Embedding) && type.PolymorphismOptions is { } known)
        {
            known.DerivedTypes.Add(new JsonDerivedType(typeof(SparseEmbedding), "sparse"));
        }
    }

    [JsonSerializable(typeof(SparseEmbedding))]
    [JsonSerializable(typeof(SpladeIdentity))]
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    private sealed partial class SpladeJsonContext : JsonSerializerContext;
}
