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
    public async Task<HybridModels> ReadAsync(CancellationToken cancellationToken)
    {
        if (!schema.Vectors.All(vector => Knows(_known, vector)))
        {
            _known = collection.Read((await collection.InfoAsync(cancellationToken).ConfigureAwait(false)).Config.Metadata).Models;
        }

        return _known;
    }

    /// <summary>Compares the models of a query, or of records.</summary>
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
    /// <inheritdoc cref="Require"/>
    public async Task AcceptAsync(HybridModels? models, string parameter, CancellationToken cancellationToken)
    {
        Require(models, parameter);
        if (models is null || _staysUnknown || Adds(models).Count == 0)
        {
            return;
        }

        _known = collection.Read((await collection.InfoAsync(cancellationToken).ConfigureAwait(false)).Config.Metadata).Models;
        Require(models, parameter);
        if (Adds(models).Count == 0)
        {
            return;
        }

        // Records that are there came from models that nobody knows: those of others do not become theirs.
        if (await collection.CountAllAsync(cancellationToken).ConfigureAwait(false) > 0)
        {
            _staysUnknown = true;
            return;
        }

        await collection.UpdateMetadataAsync(metadata => CollectionMetadata.WriteTo(metadata, With(models)), cancellationToken).ConfigureAwait(false);

        // Of two first writers one has written later, and the other finds that out here.
        _known = collection.Read((await collection.InfoAsync(cancellationToken).ConfigureAwait(false)).Config.Metadata).Models;
        Require(models, parameter);
    }

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
