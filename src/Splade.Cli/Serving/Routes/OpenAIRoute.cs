using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Splade.Cli.Serving.Routes;

/// <summary><c>/v1/embeddings</c> and <c>/v1/models</c> of OpenAI, over the dense model.</summary>
internal sealed class OpenAIRoute(DenseRoute dense)
{
    private const string Floats = "float";
    private const string Base64 = "base64";

    public async Task RunAsync(HttpContext context)
    {
        var request = new RequestMembers(
            await Answers.ReadAsync(context).ConfigureAwait(false), "input", "model", "encoding_format", "dimensions", "user");
        string[] texts = request.Texts("input");
        string format = request.Text("encoding_format") ?? Floats;
        if (format is not (Floats or Base64))
        {
            throw ServingException.Invalid($"`encoding_format` is {format}, expected {Floats} or {Base64}.", "encoding_format");
        }

        string model = dense.Generator.Model.Name;
        if (request.RequiredText("model") is string asked && asked != model)
        {
            throw new ServingException(StatusCodes.Status404NotFound, "Validation", $"The model '{asked}' is not here, only '{model}'.") { Member = "model" };
        }

        GeneratedEmbeddings<Embedding<float>> embeddings = await dense.EncodeAsync(
            texts, "input", promptName: null, truncates: false, request.Number("dimensions"), context.RequestAborted).ConfigureAwait(false);
        await Answers.WriteAsync(context, writer => Write(writer, model, embeddings, format == Base64)).ConfigureAwait(false);
    }

    /// <summary>Lists the model.</summary>
    public Task ListAsync(HttpContext context) => Answers.WriteAsync(context, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        writer.WriteStartObject();
        writer.WriteString("id", dense.Generator.Model.Name);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", 0);
        writer.WriteString("owned_by", "splade");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, string model, GeneratedEmbeddings<Embedding<float>> embeddings, bool isBase64)
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        for (int i = 0; i < embeddings.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("object", "embedding");
            writer.WriteNumber("index", i);
            WriteVector(writer, embeddings[i].Vector.Span, isBase64);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("model", model);
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", embeddings.Usage?.InputTokenCount ?? 0);
        writer.WriteNumber("total_tokens", embeddings.Usage?.InputTokenCount ?? 0);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // Little-endian single precision, as every platform of .NET has it in memory.
    private static void WriteVector(Utf8JsonWriter writer, ReadOnlySpan<float> vector, bool isBase64)
    {
        if (isBase64)
        {
            writer.WriteBase64String("embedding", MemoryMarshal.AsBytes(vector));
            return;
        }

        writer.WriteStartArray("embedding");
        foreach (float number in vector)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
