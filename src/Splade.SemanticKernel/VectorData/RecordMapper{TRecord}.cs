using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Records of an application as rows of a table, and back.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>
/// Key and data are a JSON object in place of a row's text, which gives them back exactly. Indexed data is metadata too, by which filters find it.
/// </remarks>
/// <param name="schema">How the records lie in the table.</param>
internal sealed class RecordMapper<TRecord>(CollectionSchema schema)
    where TRecord : class
{
    // In place of a vector that a record does not have, where its type has no null.
    private static readonly object Empty = ReadOnlyMemory<float>.Empty;

    private static readonly JsonWriterOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CollectionModel _model = schema.Model;

    /// <param name="table">Where the row is to go.</param>
    /// <param name="record">The record.</param>
    /// <param name="key">Its key, which the record itself need not have yet.</param>
    /// <param name="vectors">Its vectors by column; null where it has none.</param>
    /// <param name="sparseDimensions">The sizes of the sparse columns.</param>
    /// <param name="parameter">What the caller calls the records.</param>
    /// <exception cref="ArgumentException">A dense vector cannot be searched.</exception>
    public StoredRecord ToRow(
        RecordTable table, TRecord record, object key, IReadOnlyList<Embedding?> vectors, IReadOnlyList<int> sparseDimensions, string parameter)
    {
        var sparse = new SparseVector[schema.SparseColumns];
        var dense = new ReadOnlyMemory<float>?[schema.DenseColumns.Count];
        for (int i = 0; i < vectors.Count; i++)
        {
            VectorColumn column = schema.Columns[i];
            if (column.IsSparse)
            {
                sparse[column.Index] = (vectors[i] as SparseEmbedding)?.Vector ?? new SparseVector([], [], sparseDimensions[column.Index]);
            }
            else
            {
                dense[column.Index] = (vectors[i] as Embedding<float>)?.Vector;
            }
        }

        return table.CreateRecord(WriteData(record, key), Metadata(record), sparse, dense, parameter);
    }

    /// <summary>The record of a row.</summary>
    public TRecord ToRecord(StoredRecord row, bool includeVectors) =>
        ToRecord(row, includeVectors ? schema.Columns.Where(column => column.Vector is not null) : []);

    /// <summary>The record of a row, with the vectors of some columns.</summary>
    public TRecord ToRecord(StoredRecord row, IEnumerable<VectorColumn> vectors)
    {
        TRecord record = _model.CreateRecord<TRecord>();
        using var data = JsonDocument.Parse(row.Text);
        foreach (PropertyModel property in _model.DataProperties.Prepend<PropertyModel>(_model.KeyProperty))
        {
            Set(property, record, StoredValues.Read(property, _model.KeyProperty, data.RootElement));
        }

        foreach (VectorColumn column in vectors)
        {
            Set(column.Property, record, VectorOf(row, column));
        }

        return record;
    }

    private static object? VectorOf(StoredRecord row, VectorColumn column)
    {
        if (column.IsSparse)
        {
            SparseVector sparse = row.GetSparse(column.Index);
            return sparse.Count == 0 ? null : new SparseEmbedding(sparse);
        }

        if (row.GetDense(column.Index) is not ReadOnlyMemory<float> dense)
        {
            return column.Property.Type == typeof(ReadOnlyMemory<float>) ? Empty : null;
        }

        return column.Property.Type == typeof(float[]) ? dense.ToArray()
            : column.Property.Type == typeof(Embedding<float>) ? new Embedding<float>(dense)
            : dense;
    }

    // Null is set even where the property begins with another value and is not declared to have it: filters find null too.
    private static void Set(PropertyModel property, TRecord record, object? value)
    {
        if (value is not null || property.PropertyInfo is null)
        {
            property.SetValueAsObject(record, value);
        }
        else if (property.PropertyInfo.CanWrite && (!property.Type.IsValueType || Nullable.GetUnderlyingType(property.Type) is not null))
        {
            property.PropertyInfo.SetValue(record, null);
        }
    }

    private string WriteData(TRecord record, object key)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, AsItIs))
        {
            json.WriteStartObject();
            foreach (PropertyModel property in _model.DataProperties.Prepend<PropertyModel>(_model.KeyProperty))
            {
                if ((property == _model.KeyProperty ? key : property.GetValueAsObject(record)) is object value)
                {
                    json.WritePropertyName(property.StorageName);
                    JsonSerializer.Serialize(json, value, DataValues.JsonOf(property.Type));
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private Dictionary<string, MetadataValue> Metadata(TRecord record)
    {
        var metadata = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);
        foreach (DataPropertyModel property in _model.DataProperties)
        {
            if (IndexedFields.IsIndexed(property) && property.GetValueAsObject(record) is object value)
            {
                metadata[property.StorageName] = FilterValue.Of(value);
            }
        }

        return metadata;
    }
}
