using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Splade.AI.ModelFiles.Catalog;
using Splade.AI.ModelFiles.Hub;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The models that the library knows of.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        Option<bool> json = Parameters.Json("Print one JSON array with all that is known of each model");
        return new Command(
            "models", "List the known models, the best published ranking first (BEIR-13 nDCG@10; BM25 has 45.6), then other encoders and rerankers")
        {
            json,
        }
            .Runs(async (result, cancellationToken) =>
            {
                HashSet<string> cached = [.. new SpladeModelHub().ListCached().Select(m => m.Name)];
                string text = result.GetValue(json) ? Json(cached) : ModelList.Create(ModelCatalog.Models, cached);
                await StandardOutput.WriteAsync(text, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Done;
            });
    }

    private static string Json(HashSet<string> cached)
    {
        var models = new JsonArray();
        foreach (CatalogModel model in ModelCatalog.Models)
        {
            JsonNode node = JsonSerializer.SerializeToNode(model, CommandJsonContext.Default.CatalogModel)!;
            node["cached"] = cached.Contains(model.Id);
            models.Add(node);
        }

        return models.ToJsonString() + "\n";
    }
}
