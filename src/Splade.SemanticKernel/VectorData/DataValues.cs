using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Which types data properties have, and their values as JSON, which gives them back exactly, but for local times: <see cref="Instants"/>.</summary>
internal static partial class DataValues
{
    public const string SupportedTypes =
        "string, bool, byte, short, int, long, float, double, decimal, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, and arrays and lists of them";

    public static bool IsSupported(Type type) => DataJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type) is not null;

    /// <summary>How values of a property's type are written; null is written as such.</summary>
    public static JsonTypeInfo JsonOf(Type type) => DataJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type)!;

    /// <summary>The type of the items of a list or an array; null if it is neither.</summary>
    public static Type? ItemTypeOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0]
        : null;

    [JsonSourceGenerationOptions(
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = [typeof(InstantConverter), typeof(OffsetConverter), typeof(SignedDecimalConverter)])]
    [JsonSerializable(typeof(string))]
    [JsonSerializable(typeof(bool))]
    [JsonSerializable(typeof(byte))]
    [JsonSerializable(typeof(short))]
    [JsonSerializable(typeof(int))]
    [JsonSerializable(typeof(long))]
    [JsonSerializable(typeof(float))]
    [JsonSerializable(typeof(double))]
    [JsonSerializable(typeof(decimal))]
    [JsonSerializable(typeof(Guid))]
    [JsonSerializable(typeof(DateTime))]
    [JsonSerializable(typeof(DateTimeOffset))]
    [JsonSerializable(typeof(DateOnly))]
    [JsonSerializable(typeof(TimeOnly))]
    [JsonSerializable(typeof(string[]))]
    [JsonSerializable(typeof(bool[]))]
    [JsonSerializable(typeof(byte[]))]
    [JsonSerializable(typeof(short[]))]
    [JsonSerializable(typeof(int[]))]
    [JsonSerializable(typeof(long[]))]
    [JsonSerializable(typeof(float[]))]
    [JsonSerializable(typeof(double[]))]
    [JsonSerializable(typeof(decimal[]))]
    [JsonSerializable(typeof(Guid[]))]
    [JsonSerializable(typeof(DateTime[]))]
    [JsonSerializable(typeof(DateTimeOffset[]))]
    [JsonSerializable(typeof(DateOnly[]))]
    [JsonSerializable(typeof(TimeOnly[]))]
    [JsonSerializable(typeof(List<string>))]
    [JsonSerializable(typeof(List<bool>))]
    [JsonSerializable(typeof(List<byte>))]
    [JsonSerializable(typeof(List<short>))]
    [JsonSerializable(typeof(List<int>))]
    [JsonSerializable(typeof(List<long>))]
    [JsonSerializable(typeof(List<float>))]
    [JsonSerializable(typeof(List<double>))]
    [JsonSerializable(typeof(List<decimal>))]
    [JsonSerializable(typeof(List<Guid>))]
    [JsonSerializable(typeof(List<DateTime>))]
    [JsonSerializable(typeof(List<DateTimeOffset>))]
    [JsonSerializable(typeof(List<DateOnly>))]
    [JsonSerializable(typeof(List<TimeOnly>))]
    private sealed partial class DataJson : JsonSerializerContext;
}
