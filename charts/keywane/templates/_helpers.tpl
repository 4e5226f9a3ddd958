{{- define "keywane.name" -}}
{{- if contains "keywane" .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-keywane" (.Release.Name | trunc 55 | trimSuffix "-") -}}
{{- end -}}
{{- end -}}

{{- define "keywane.selector" -}}
app.kubernetes.io/name: keywane
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "keywane.labels" -}}
{{ include "keywane.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end -}}

{{- define "keywane.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{- define "keywane.claim" -}}
{{- .Values.persistence.existingClaim | default (include "keywane.name" .) -}}
{{- end -}}

{{/* The daemon's configuration file: the user's part, and what the chart itself decides. */}}
{{- define "keywane.config" -}}
{{- range $section, $content := .Values.config }}
{{- if $content }}
{{ $section }}:
  {{- toYaml $content | nindent 2 }}
{{- end }}
{{- end }}
storage:
  keys: /var/lib/keywane/keys
  database: /var/lib/keywane/keywane.db
  publish: /run/keywane-keys
  key_encryption_key:
    file: /etc/keywane-sealing/key-encryption-key
service:
  http: 0.0.0.0:9847
  socket: /run/keywane/control.sock
  log:
    format: {{ .Values.log.format }}
    level: {{ .Values.log.level }}
{{- end -}}

{{/* The ports at which alerts are pushed to Alertmanagers: those of their addresses, each once. */}}
{{- define "keywane.pushPorts" -}}
{{- $ports := list -}}
{{- range dig "alerts" "push" "alertmanagers" list .Values.config -}}
{{- $address := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $address.host | trimPrefix ":" -}}
{{- $ports = append $ports ($port | default (ternary "443" "80" (eq $address.scheme "https")) | int) -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}

{{/* What every container of this chart is denied. */}}
{{- define "keywane.confinement" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}
