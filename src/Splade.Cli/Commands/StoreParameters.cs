using System.CommandLine;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant;
using Splade.Cli.Stores;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The options of commands over a store: where it is, and the models of its legs.</summary>
internal sealed class StoreParameters
{
    private readonly Option<string> _store = new("--store")
    {
        Description = "The store: " + StoreAddress.Help,
        HelpName = "KIND:PLACE",
        Required = true,
    };

    private readonly Option<string[]> _models = new("--model")
    {
        Description = "A sparse model: its folder, its owner/name in the local Hugging Face cache, or bm25, which needs none. May be given several times: each is "
            + "a leg of the search",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _dense = new("--dense") { Description = "A dense model, a leg of the search too", HelpName = "FOLDER" };

    private readonly EngineParameters _engine = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_store);
        command.Options.Add(_models);
        command.Options.Add(_dense);
        _engine.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_models) is null && result.GetResult(_dense) is null)
            {
                result.AddError("There is nothing to search by. Give --model FOLDER, --model bm25, --dense FOLDER, or several of them.");
            }
        });
    }

    /// <summary>Loads the models and opens the store, for as long as the work goes on. A store that cannot be had is found out first.</summary>
    /// <param name="result">What the command line says.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="indexes">The fields that filters ask for; null for none besides those that the store needs itself.</param>
    public async Task<int> RunAsync(
        ParseResult result, Func<OpenedStore, Task> work, CancellationToken cancellationToken, IEnumerable<QdrantPayloadIndex>? indexes = null)
    {
        string address = result.GetRequiredValue(_store);
        await StoreAddress.CheckAsync(address, cancellationToken).ConfigureAwait(false);
        var loaded = new List<IDisposable>();
        try
        {
            var legs = new List<HybridLeg>();
            EngineSettings settings = _engine.Read(result);
            SparseModel? counting = null;
            foreach (string folder in result.GetValue(_models) ?? [])
            {
                SparseModel model = await Models.LoadSparseAsync(folder, settings, cancellationToken).ConfigureAwait(false);
                loaded.Add(model);
                legs.Add(new HybridLeg(NameOf(folder, legs), model.Generator));
                counting ??= model.Engine is null ? null : model;
            }

            if (result.GetValue(_dense) is string dense)
            {
                DenseEmbeddingGenerator model = await Models.LoadDenseAsync(dense, settings, cancellationToken).ConfigureAwait(false);
                loaded.Add(model);
                legs.Add(new HybridLeg(HybridSchema.DenseName, model));
            }

            IHybridStore store = await StoreAddress.OpenAsync(address, HybridSchema.Of(legs), indexes, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                await work(new OpenedStore(store, new HybridRetriever(store, legs), counting?.Engine)).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        }
        finally
        {
            loaded.ForEach(model => model.Dispose());
        }
    }

    /// <summary>The same for the same models, whichever folder they are in.</summary>
    private static string NameOf(string folder, List<HybridLeg> before)
    {
        string name = folder == Models.Bm25 ? Models.Bm25 : HybridSchema.SparseName;
        int same = before.Count(leg => leg.Name.StartsWith(name, StringComparison.Ordinal));
        return same == 0 ? name : $"{name}-{same + 1}";
    }
}
