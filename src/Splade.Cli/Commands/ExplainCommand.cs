using System.CommandLine;
using Splade.AI;
using Splade.Cli.Matching;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Why a query finds a document: the terms that both have.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string> folder = Parameters.Folder();
        Argument<string> query = new("query") { Description = "What is searched for" };
        Argument<string> document = new("document") { Description = "What may be found" };
        return new Command(
            "explain", "Show the terms that a query and a document share, with their weights, the products that make the score, and their shares of it")
        {
            folder, query, document,
        }.Runs((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(folder), result.GetRequiredValue(query), result.GetRequiredValue(document), cancellationToken));
    }

    private static async Task<int> RunAsync(string folder, string queryText, string documentText, CancellationToken cancellationToken)
    {
        using SpladeEngine engine = await Models.LoadAsync(folder, cancellationToken).ConfigureAwait(false);
        SpladeEncoding query = await Models.EncodeQueryAsync(engine, queryText, cancellationToken).ConfigureAwait(false);
        SpladeEncoding document = (await engine.EncodeAsync([documentText], cancellationToken: cancellationToken).ConfigureAwait(false))[0];
        if (query.Truncated || document.Truncated)
        {
            StandardError.WriteLine($"The {(document.Truncated ? "document" : "query")} is longer than {engine.MaxTokens} tokens; its end was not read.");
        }

        await StandardOutput.WriteAsync(Table(query.Vector, document.Vector, engine.Vocabulary).ToString(), cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static TextTable Table(SparseVector query, SparseVector document, IReadOnlyList<string> vocabulary)
    {
        float score = query.Dot(document);
        var table = new TextTable("TERM", " QUERY", " DOCUMENT", " PRODUCT", " SHARE");
        foreach (SharedTerm term in SharedTerms.Between(query, document, vocabulary))
        {
            table.Add(term.Token, $"{term.QueryWeight:F4}", $"{term.DocumentWeight:F4}", $"{term.Product:F4}", $"{term.Product / score:P1}");
        }

        table.Add("total", "", "", $"{score:F4}", score > 0 ? $"{1:P1}" : "");
        return table;
    }
}
