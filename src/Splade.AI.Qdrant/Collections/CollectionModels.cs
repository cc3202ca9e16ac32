using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Collections;

/// <summary>
/// The models of a collection's vectors: those that it was made for, else those of the first records. They are the collection's, and stay when it is emptied.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="collection">The collection.</param>
/// <param name="known">What its metadata said when it was opened.</param>
/// <param name="schema">The vectors, and the models that the store was opened for.</param>
/// <param name="withIdf">The sparse vectors whose queries the server multiplies by the inverse document frequency.</param>
internal sealed class CollectionModels(QdrantCollection collection, HybridModels known, HybridSchema schema, IReadOnlySet<string> withIdf)
{
    private volatile HybridModels _known = known;
    private volatile bool _staysUnknown;

    /// <summary>What is known now, read anew if something is not.</summary>
    public async Task<HybridModels> ReadAsync(CancellationToken cancellationToken) =>
        schema.Vectors.All(vector => Knows(_known, vector)) ? _known : await ReadAnewAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Compares the models of a query. Those that are not known yet are read anew: another process may have set them.</summary>
    /// <inheritdoc cref="Require"/>
    public async Task RequireAsync(HybridModels? models, string parameter, CancellationToken cancellationToken)
    {
        if (models is not null && !_staysUnknown && Adds(models).Count > 0)
        {
            await ReadAnewAsync(cancellationToken).ConfigureAwait(false);
        }

        Require(models, parameter);
    }

    /// <summary>Compares the models of a query, or of records, with what is known.</summary>
    /// <exception cref="ArgumentException">They are others.</exception>
    /// <exception cref="NotSupportedException">A model requires the inverse document frequency of a vector that was made without.</exception>
    public void Require(HybridModels? models, string parameter)
    {
        if (models is null)
        {
            return;
        }

        string[] differences = [.. _known.DifferencesFrom(models), .. schema.Models.DifferencesFrom(models)];
        if (differences.Length > 0)
        {
            throw new ArgumentException(
                $"The vectors of the store come from other models: {string.Join("; ", differences.Distinct())}. "
                + "Use the models of the store, or another collection: they stay when its records are taken out.",
                parameter);
        }

        IEnumerable<string> requiring = models.Sparse.Where(model => model.Value.RequiresIdf && schema.Find(model.Key) is not null).Select(model => model.Key);
        if (requiring.FirstOrDefault(vector => !withIdf.Contains(vector)) is { } name)
        {
            throw new NotSupportedException(
                $"Found a model of the vector '{name}' that requires the inverse document frequency, but the collection was made without it. "
                + $"Create it with a schema that knows the model, as {nameof(HybridSchema)}.{nameof(HybridSchema.Of)} makes it.");
        }
    }

    /// <summary>Compares the models of records, and keeps those that are new in the collection before the records are put in.</summary>
    /// <returns>Whether some were new: then <see cref="ConfirmAsync"/> comes after the records.</returns>
    /// <inheritdoc cref="Require"/>
    public async Task<bool> AcceptAsync(HybridModels? models, string parameter, CancellationToken cancellationToken)
    {
        Require(models, parameter);
        if (models is null || _staysUnknown || Adds(models).Count == 0)
        {
            return false;
        }

        await ReadAnewAsync(cancellationToken).ConfigureAwait(false);
        Require(models, parameter);
        if (Adds(models).Count == 0)
        {
            return false;
        }

        if (await collection.CountAllAsync(cancellationToken).ConfigureAwait(false) > 0)
        {
            // Another writer sets its models before its records, and may have done both since they were read.
            await ReadAnewAsync(cancellationToken).ConfigureAwait(false);
            Require(models, parameter);

            // Records that are there came from models that nobody knows: those of others do not become theirs.
            _staysUnknown = Adds(models).Count > 0;
            return false;
        }

        await collection.UpdateMetadataAsync(metadata => CollectionMetadata.WriteTo(metadata, With(models)), cancellationToken).ConfigureAwait(false);

        // Of two first writers one has written later, and the other finds that out here.
        await ReadAnewAsync(cancellationToken).ConfigureAwait(false);
        Require(models, parameter);
        return true;
    }

    /// <summary>Looks whether the models that were set for the first records are still those of the collection: nothing in Qdrant keeps two writers apart.</summary>
    /// <exception cref="HybridStoreException">Another writer set others at the same moment; its records may be there too.</exception>
    public async Task ConfirmAsync(HybridModels models, CancellationToken cancellationToken)
    {
        if ((await ReadAnewAsync(cancellationToken).ConfigureAwait(false)).DifferencesFrom(models) is { Count: > 0 } differences)
        {
            throw collection.Unusable(
                $"another writer began with other models at the same moment: {string.Join("; ", differences)}. "
                + "These records are in and cannot be compared with the others: "
                + "take them out, and use the models of the collection.");
        }
    }

    private async Task<HybridModels> ReadAnewAsync(CancellationToken cancellationToken) =>
        _known = collection.Read((await collection.InfoAsync(cancellationToken).ConfigureAwait(false)).Config.Metadata).Models;

    private List<VectorField> Adds(HybridModels models) => [.. schema.Vectors.Where(vector => Knows(models, vector) && !Knows(_known, vector))];

    private HybridModels With(HybridModels models)
    {
        var sparse = new Dictionary<string, SparseModelIdentity>(_known.Sparse, StringComparer.Ordinal);
        var dense = new Dictionary<string, DenseModelIdentity>(_known.Dense, StringComparer.Ordinal);
        foreach (VectorField vector in Adds(models))
        {
            if (vector.Kind == VectorKind.Sparse)
            {
                sparse[vector.Name] = models.Sparse[vector.Name];
            }
            else
            {
                dense[vector.Name] = models.Dense[vector.Name];
            }
        }

        return new HybridModels { Sparse = sparse, Dense = dense };
    }

    private static bool Knows(HybridModels models, VectorField vector) =>
        vector.Kind == VectorKind.Sparse ? models.Sparse.ContainsKey(vector.Name) : models.Dense.ContainsKey(vector.Name);
}
