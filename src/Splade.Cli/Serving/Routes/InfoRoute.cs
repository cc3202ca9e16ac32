using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Splade.AI;

namespace Splade.Cli.Serving.Routes;

/// <summary>
/// <c>/info</c> of Text Embeddings Inference, which is of the sparse model; and under <c>served</c>, which that has not, the model behind each path with the
/// size of its vectors and what they depend on.
/// </summary>
internal sealed class InfoRoute(ServedModels models, ServeSettings settings)
{
    private static readonly JsonTypeInfo IdentityType = SpladeJsonUtilities.DefaultOptions.GetTypeInfo(typeof(SparseModelIdentity));

    // A text that is read to its end has no more words than characters.
    private int MaxInputLength => models.Sparse.MaxTokens ?? settings.MaxCharacters;

    public Task RunAsync(HttpContext context) => Answers.WriteAsync(context, Write);

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("model_id", models.Sparse.Name);
        writer.WriteString("model_sha", models.Identity.ModelHash);
        writer.WriteString("model_dtype", "float32");
        writer.WriteStartObject("model_type");
        writer.WriteStartObject("embedding");

        // What clients know sparse vectors by, whichever encoder they come from.
        writer.WriteString("pooling", "splade");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteNumber("max_concurrent_requests", settings.MaxConcurrentTexts);
        writer.WriteNumber("max_input_length", MaxInputLength);
        writer.WriteNumber("max_client_batch_size", settings.MaxBatchSize);
        writer.WriteBoolean("auto_truncate", settings.AutoTruncate);
        writer.WriteString("version", typeof(InfoRoute).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        writer.WriteStartObject("served");
        WriteSparse(writer);
        WriteDense(writer);
        WriteReranker(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteSparse(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(SparseRoute.Path);
        writer.WriteString("model_id", models.Sparse.Name);
        writer.WriteString("model_sha", models.Identity.ModelHash);
        writer.WriteNumber("max_input_length", MaxInputLength);
        writer.WriteNumber("dimensions", models.Identity.Dimensions);
        writer.WritePropertyName("identity");
        JsonSerializer.Serialize(writer, models.Identity, IdentityType);
        writer.WriteEndObject();
    }

    private void WriteDense(Utf8JsonWriter writer)
    {
        if (models.Dense is DenseEmbeddingGenerator dense)
        {
            var metadata = (EmbeddingGeneratorMetadata)dense.GetService(typeof(EmbeddingGeneratorMetadata))!;
            writer.WriteStartObject(DenseRoute.Path);
            writer.WriteString("model_id", dense.Model.Name);
            writer.WriteNumber("max_input_length", dense.MaxTokens);
            writer.WriteNumber("dimensions", metadata.DefaultModelDimensions!.Value);
            writer.WriteEndObject();
        }
    }

    private void WriteReranker(Utf8JsonWriter writer)
    {
        if (models.Reranker is CrossEncoderReranker reranker)
        {
            writer.WriteStartObject(RerankRoute.Path);
            writer.WriteString("model_id", reranker.ModelId);
            writer.WriteNumber("max_input_length", reranker.MaxTokens);
            writer.WriteEndObject();
        }
    }
}
