using Microsoft.AspNetCore.Http;
using Splade.AI;
using Splade.Cli.Terminal;

namespace Splade.Cli.Serving.Routes;

/// <summary><c>/embed_sparse</c> of Text Embeddings Inference.</summary>
internal sealed class SparseRoute(SparseModel model, ServedTexts served)
{
    public const string Path = "embed_sparse";

    public async Task RunAsync(HttpContext context)
    {
        var request = new RequestMembers(
            await Answers.ReadAsync(context).ConfigureAwait(false), "inputs", "truncate", "truncation_direction", "prompt_name");
        string[] texts = request.Texts("inputs");
        SpladeEncodingOptions options = ServedTexts.Encoding(request.Text("prompt_name"), served.Truncates(request));
        using Admission.Permits permits = served.Admit(texts, "inputs");
        IReadOnlyList<SpladeEncoding> encodings = await model.EncodeAsync(texts, options, context.RequestAborted).ConfigureAwait(false);
        await Answers.WriteAsync(
            context,
            writer =>
            {
                writer.WriteStartArray();
                foreach (SpladeEncoding encoding in encodings)
                {
                    writer.WriteStartArray();
                    for (int i = 0; i < encoding.Vector.Count; i++)
                    {
                        writer.WriteStartObject();
                        writer.WriteNumber("index", encoding.Vector.Indices[i]);
                        writer.WriteNumber("value", encoding.Vector.Values[i]);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                }

                writer.WriteEndArray();
            },
            encodings.Sum(encoding => (long)encoding.TokenCount)).ConfigureAwait(false);
    }
}
