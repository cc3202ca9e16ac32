using System.CommandLine;
using System.Text.Json;
using Splade.AI.ModelFiles.Catalog;
using Splade.AI.ModelFiles.Hub;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The models that the library knows of.</summary>
internal static class ModelsCommand
{
    private const string Unknown = "?";
    private const double Million = 1e6;

    public static Command Create()
    {
        Option<bool> json = Parameters.Json("Print one JSON array with all that is known of each model");
        return new Command("models", "List the known models, the best published ranking first (BEIR-13 nDCG@10; BM25 has 45.6)") { json }
            .Runs(async (result, cancellationToken) =>
            {
                string text = result.GetValue(json)
                    ? JsonSerializer.Serialize(ModelCatalog.Models, CommandJsonContext.Default.IReadOnlyListCatalogModel) + "\n"
                    : Table(CachedNames()).ToString();
                await StandardOutput.WriteAsync(text, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Done;
            });
    }

    private static HashSet<string> CachedNames() => [.. new SpladeModelHub().ListCached().Select(m => m.Name)];

    private static TextTable Table(HashSet<string> cached)
    {
        var table = new TextTable("NAME", " BEIR", " PARAMETERS", "QUERIES", "LICENCE", "COMMERCIAL", "ONNX", "CACHED", "PURPOSE");
        foreach (CatalogModel model in ModelCatalog.Models)
        {
            table.Add(
                model.Id,
                model.BeirNdcg10 is double score ? $"{score:F1}" : Unknown,
                model.Parameters is long parameters ? $"{parameters / Million:F0} M" : Unknown,
                Word(model.InferenceFreeQueries, "looked up", "model"),
                model.License ?? Unknown,
                Word(model.CommercialUse, "yes", "no"),
                Word(model.HasOnnxFile, "yes", "export"),
                cached.Contains(model.Id) ? "yes" : "no",
                model.Purpose);
        }

        return table;
    }

    private static string Word(bool? value, string yes, string no) => value switch
    {
        true => yes,
        false => no,
        null => Unknown,
    };
}
